#include "api/session.h"

#include "api/refusals.h"
#include "formats/json.h"
#include "formats/text.h"
#include "formats/toml.h"
#include "house/decide.h"
#include "house/event_codec.h"
#include "house/refusals.h"
#include "platform/environment.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::api {

Session::Session(SessionOptions options, Library library)
    : options_(std::move(options)), library_(std::move(library)) {}

Session::Session(SessionOptions options, Library library, platform::ServedHouse& served)
    : options_(std::move(options)), library_(std::move(library)), served_(&served) {}

Session::~Session() = default;

void Session::close() {
  open_.reset();
  hold_.reset();
  copy_.reset();
}

Result<Done> Session::take_copy() {
  if (!served_) return Done{};
  ANLAN_TRY(const house::House* current, house());
  copy_ = std::make_unique<const house::House>(*current);
  hold_.reset();
  return Done{};
}

void Session::begin_steps(std::uint64_t of) {
  if (options_.progress) options_.progress->begin(of);
}

Result<Done> Session::step() {
  if (!options_.progress) return Done{};
  options_.progress->step();
  if (options_.progress->cancelled()) return Refusal{.code = refusals::kCancelled, .path = "job"};
  return Done{};
}

void Session::let_go() {
  if (served_) hold_.reset();
}

Result<std::filesystem::path> Session::projection_file() {
  if (served_) return served_->paths().projection();
  ANLAN_TRY(platform::HouseFolder * folder, open(platform::HouseMode::kRead));
  return folder->paths().projection();
}

Result<platform::FileBlobs> Session::blobs() {
  if (served_) return served_->blobs();
  ANLAN_TRY(platform::HouseFolder * folder, open(platform::HouseMode::kRead));
  return platform::FileBlobs(folder->paths().blobs());
}

Result<Digest> Session::keep(BytesView bytes) {
  if (options_.rehearse) return sha256(bytes);
  if (served_) return served_->blobs().put(bytes);
  ANLAN_TRY(platform::HouseFolder * folder, open(platform::HouseMode::kWrite));
  return folder->blobs().put(bytes);
}

const Texts& Session::texts() {
  if (texts_ && texts_lang_ == options_.lang) return *texts_;
  Result<Texts> read = library_.texts(options_.lang);
  texts_ = read.ok() ? std::move(read).value() : Texts{};
  texts_lang_ = options_.lang;
  return *texts_;
}

// A served folder is used alone: its vault and its journal know one thread.
Result<platform::HouseFolder*> Session::open(platform::HouseMode mode) {
  if (served_) {
    copy_.reset();
    if (!hold_ || mode_ != platform::HouseMode::kWrite) {
      hold_.reset();
      hold_ = served_->whole();
      mode_ = platform::HouseMode::kWrite;
    }
    return &served_->folder();
  }
  const bool enough =
      open_ && (mode_ == platform::HouseMode::kWrite || mode == platform::HouseMode::kRead);
  if (enough) return open_.get();
  open_.reset();  // a reader lets go of the folder before the writer takes its lock
  ANLAN_TRY(open_, platform::HouseFolder::open(options_.folder, {.mode = mode, .clock = &clock_}));
  mode_ = mode;
  return open_.get();
}

Result<const house::House*> Session::house() {
  const house::House* house = nullptr;
  if (copy_) return copy_.get();
  if (served_) {
    if (!hold_) {
      hold_ = served_->share();
      mode_ = platform::HouseMode::kRead;
    }
    if (served_->broken())
      return Refusal{.code = platform::refusals::kHouseLoaded, .path = "house"};
    house = &served_->house();
  } else {
    ANLAN_TRY(const platform::HouseFolder* folder, open(platform::HouseMode::kRead));
    house = &folder->house();
  }
  if (!house->opening) {
    return Refusal{
        .code = house::refusals::kHouseNotOpen, .path = "house", .value = options_.folder};
  }
  return house;
}

const house::House* Session::house_read() const {
  if (copy_) return copy_.get();
  if (served_) return hold_ && !served_->broken() ? &served_->house() : nullptr;
  return open_ && open_->house().opening ? &open_->house() : nullptr;
}

// The clock of a house of real money is never set; --at is for sandboxes.
Result<Done> Session::set_clock(const house::House& house) {
  clock_.fixed.reset();
  if (!options_.at) return Done{};
  if (house.opening && !house.opening->sandbox) {
    return Refusal{.code = refusals::kClockNotSettable, .path = "at", .value = *options_.at};
  }
  ANLAN_TRY(const Instant at, parse_instant(*options_.at, "at"));
  if (house.opening && at < house.last_at) {
    return Refusal{.code = refusals::kClockBehind,
                   .path = "at",
                   .value = *options_.at,
                   .args = {{.name = "last", .value = to_text(house.last_at, house.offset())}}};
  }
  clock_.fixed = at;
  return Done{};
}

Result<Instant> Session::now() {
  ANLAN_TRY(const house::House* current, house());
  ANLAN_REQUIRE(set_clock(*current));
  return std::max(clock_.now(), current->last_at);
}

Result<Date> Session::today() {
  ANLAN_REQUIRE(set_clock(house::House()));
  return date_of(clock_.now());
}

Result<Done> Session::begin_request(const Digest& request) {
  request_.reset();
  known_.reset();
  if (options_.key.empty()) return Done{};
  request_ = request;
  ANLAN_TRY(const domain::ActorName actor, parse_name<domain::ActorTag>(options_.actor, "as"));
  // A folder of its own is locked before anything is calculated that it will record.
  if (!served_ && !options_.rehearse) ANLAN_REQUIRE(open(platform::HouseMode::kWrite));
  ANLAN_TRY(const house::House* current, house());
  const auto use = current->keys.find({actor, options_.key});
  if (use == current->keys.end()) return Done{};
  if (use->second.input != request) {
    return Refusal{.code = house::refusals::kKeyReused,
                   .path = "key",
                   .value = options_.key,
                   .args = {{.name = "seq", .value = std::to_string(use->second.first_seq)}}};
  }
  known_ = Outcome{
      .first_seq = use->second.first_seq, .last_seq = use->second.last_seq, .repeated = true};
  return Done{};
}

Result<std::vector<house::Record>> Session::records(std::uint64_t from_seq, std::size_t count) {
  if (served_) return served_->read(from_seq, count);
  ANLAN_TRY(platform::HouseFolder * folder, open(platform::HouseMode::kRead));
  return folder->journal().read(from_seq, count);
}

Result<domain::Event> Session::event_at(std::uint64_t seq) {
  ANLAN_TRY(const std::vector<house::Record> found, records(seq, 1));
  if (found.empty()) {
    return Refusal{.code = house::refusals::kNotFound, .path = "seq", .value = std::to_string(seq)};
  }
  return house::read_event(found[0].kind, found[0].version, found[0].body);
}

Result<Session::Outcome> Session::submit(const house::Command& command) {
  if (known_) return *known_;
  copy_.reset();
  ANLAN_TRY(const domain::ActorName actor, parse_name<domain::ActorTag>(options_.actor, "as"));
  if (options_.rehearse) return rehearse(actor, command);
  ANLAN_TRY(const house::House* current, house_to_write());
  ANLAN_REQUIRE(set_clock(*current));
  // A key of our own protects this one call; who wants to repeat a call safely gives --key.
  const std::string key = options_.key.empty() ? platform::random_command_key() : options_.key;
  ANLAN_TRY(
      const platform::Answer answer,
      write(house::Envelope{.actor = actor, .key = key, .command = command, .request = request_}));
  return Outcome{
      .first_seq = answer.first_seq, .last_seq = answer.last_seq, .repeated = answer.repeated};
}

Result<Session::Outcome> Session::rehearse(const domain::ActorName& actor,
                                           const house::Command& command) {
  ANLAN_TRY(const Instant at, now());
  ANLAN_TRY(const house::House* current, house());
  ANLAN_TRY(rehearsed_,
            house::decide(*current, {.at = at, .actor = actor, .next_seq = current->head.seq + 1},
                          command));
  return Refusal{.code = refusals::kRehearsed, .path = "dry-run"};
}

// A house that is being opened has no opening yet.
Result<const house::House*> Session::house_to_write() {
  if (served_) return house();
  ANLAN_TRY(const platform::HouseFolder* folder, open(platform::HouseMode::kWrite));
  return &folder->house();
}

// Several sessions' commands are written together where nobody needs the folder alone.
Result<platform::Answer> Session::write(const house::Envelope& envelope) {
  if (!served_) {
    ANLAN_TRY(platform::HouseFolder * folder, open(platform::HouseMode::kWrite));
    return folder->writer().submit(envelope);
  }
  if (hold_ && mode_ == platform::HouseMode::kWrite)
    return served_->submit_alone(envelope, clock_.fixed);
  hold_.reset();
  Result<platform::Answer> answer = served_->submit(envelope, clock_.fixed);
  hold_ = served_->share();  // what the operation goes on reading stays as it is
  mode_ = platform::HouseMode::kRead;
  return answer;
}

std::vector<Result<platform::Answer>> Session::write_together(
    platform::HouseFolder& folder, std::span<const house::Envelope> envelopes) {
  if (served_) return served_->submit_alone(envelopes, clock_.fixed);
  return folder.writer().submit(envelopes);
}

Result<Session::Outcome> Session::create(domain::HouseOpened opening) {
  open_.reset();
  ANLAN_REQUIRE(parse_name<domain::ActorTag>(options_.actor, "as"));
  if (options_.at && !opening.sandbox) {
    return Refusal{.code = refusals::kClockNotSettable, .path = "at", .value = *options_.at};
  }
  if (options_.at) ANLAN_REQUIRE(parse_instant(*options_.at, "at"));
  // The opening is recorded where the folder is built: there is no house without it.
  const std::string target = options_.folder;
  Outcome outcome;
  const auto open_there = [&](const std::filesystem::path& folder,
                              const house::PublicKey& key) -> Result<Done> {
    std::copy(key.begin(), key.end(), opening.public_key.bytes.begin());
    options_.folder = folder.string();
    Result<Outcome> opened = submit(house::OpenHouse{.opening = opening});
    open_.reset();
    options_.folder = target;
    ANLAN_TRY(outcome, std::move(opened));
    return Done{};
  };
  ANLAN_REQUIRE(platform::create_house_folder(target, opening.name, open_there));
  return outcome;
}

Result<Bytes> Session::read_bytes(const std::string& path) {
  ANLAN_TRY(const std::string text, read_raw(path));
  const BytesView view = bytes_of(text);
  return Bytes(view.begin(), view.end());
}

Result<std::string> Session::read_raw(const std::string& path) {
  if (path.starts_with("@")) return library_.text(path.substr(1));
  if (options_.files) {
    const auto file = options_.files->find(path);
    if (file != options_.files->end()) return file->second;
    return Refusal{.code = platform::refusals::kFileMissing, .path = "file", .value = path};
  }
  if (path == "-") {
    if (!standard_input_) {
      ANLAN_TRY(standard_input_, platform::read_file(path, kInputBytesMax));
    }
    return *standard_input_;
  }
  return platform::read_file(path, kInputBytesMax);
}

Result<std::string> Session::read_text(const std::string& path) {
  ANLAN_TRY(const std::string raw, read_raw(path));
  return formats::decode_text(bytes_of(raw), path);
}

Result<Node> Session::read_tree(const std::string& path) {
  ANLAN_TRY(const std::string text, read_text(path));
  return path.ends_with(".json") ? formats::parse_json(text, path)
                                 : formats::parse_toml(text, path);
}

Node Session::refusal_node(const Refusal& refusal) {
  const Result<const formats::Sentences*> sentences = library_.sentences();
  static const formats::Sentences kNone;
  return formats::refusal_node(refusal, sentences.ok() ? **sentences : kNone, options_.lang);
}

std::string Session::refusal_sentence(const Refusal& refusal) {
  const Result<const formats::Sentences*> sentences = library_.sentences();
  static const formats::Sentences kNone;
  return formats::refusal_sentence(refusal, sentences.ok() ? **sentences : kNone, options_.lang);
}

}  // namespace anlan::api
