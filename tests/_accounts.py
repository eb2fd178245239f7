"""The accounts of the first format."""

# As the program wrote them before there was a second format.
FORMAT_1 = (
    "CREATE TABLE accounts(account INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, "
    "display_name TEXT NOT NULL, password TEXT NOT NULL, administrator INTEGER NOT NULL, "
    "disabled INTEGER NOT NULL, created INTEGER NOT NULL, second_factor BLOB, "
    "second_factor_confirmed INTEGER NOT NULL, second_factor_step INTEGER NOT NULL) STRICT",
    "CREATE TABLE memberships(account INTEGER NOT NULL, house TEXT NOT NULL, actor TEXT NOT NULL, "
    "PRIMARY KEY(account, house, actor)) STRICT, WITHOUT ROWID",
    "CREATE TABLE recovery_codes(account INTEGER NOT NULL, code BLOB NOT NULL, "
    "PRIMARY KEY(account, code)) STRICT, WITHOUT ROWID",
    "CREATE TABLE sessions(session INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "token BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, used INTEGER NOT NULL, "
    "peer TEXT NOT NULL) STRICT",
    "CREATE TABLE api_keys(api_key INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "name TEXT NOT NULL, kind INTEGER NOT NULL, scope INTEGER NOT NULL, house TEXT NOT NULL, "
    "actor TEXT NOT NULL, operations TEXT NOT NULL, shown TEXT NOT NULL, "
    "token BLOB NOT NULL UNIQUE, token_before BLOB UNIQUE, token_before_until INTEGER NOT NULL, "
    "created INTEGER NOT NULL, expires INTEGER, revoked INTEGER, used INTEGER) STRICT")
