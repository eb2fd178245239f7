// A signed document on paper: made by the service, kept on this device, checked by its code.
import { useEffect, useState } from "react";
import { ApiError, call } from "../api/client";
import { may } from "../api/may";
import { useSession } from "../api/session";
import { use_sending } from "../api/use_sending";
import { useLanguage } from "../base/i18n";
import { Button, ButtonLink, Card } from "../ui/parts";
import { Trouble } from "../ui/trouble";

interface Made {
  name: string;
  address: string;
  fingerprint: string;
  code: string;
}

export function PaperCard({ kind, id }: { kind: "policy" | "decision"; id: string }) {
  const { t } = useLanguage();
  const { roles } = useSession();
  const { busy, trouble, send } = use_sending();
  const [made, set_made] = useState<Made | null>(null);
  useEffect(
    () => () => {
      if (made) URL.revokeObjectURL(made.address);
    },
    [made],
  );

  const make = () =>
    send(async (key) => {
      const reply = await call("print", { kind, id, out: `${id}.pdf` }, { key });
      const file = reply.files?.[0];
      if (!file) throw new ApiError(0, { code: "no_file" }, "");
      const bytes = Uint8Array.from(atob(file.base64), (each) => each.charCodeAt(0));
      const address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
      set_made({ name: file.name, address, fingerprint: reply.fingerprint, code: reply.code });
      const link = document.createElement("a");
      link.href = address;
      link.download = file.name;
      link.click();
    });

  const allowed = may("print", roles);
  return (
    <Card title={t(`paper.${kind}`)}>
      <p className="soft">{t(`paper.${kind}_text`)}</p>
      {!allowed && <p className="note">{t("paper.ask")}</p>}
      <div className="actions">
        {allowed && (
          <Button busy={busy} kind="plain" onClick={() => void make()}>
            {t("paper.make")}
          </Button>
        )}
        <ButtonLink to="check" kind="quiet">
          {t("check.go")}
        </ButtonLink>
      </div>
      <div role="status">
        {made && (
          <div className="group">
            <p>
              <a href={made.address} download={made.name}>
                {t("paper.ready", { name: made.name })}
              </a>
            </p>
            <p className="soft small">{t("paper.where")}</p>
            <p className="soft small">
              {t("paper.fingerprint")}
              <br />
              <span className="mono">{made.fingerprint}</span>
            </p>
            <div className="actions">
              <ButtonLink to={`check?code=${encodeURIComponent(made.code)}`} kind="plain">
                {t("check.this")}
              </ButtonLink>
            </div>
          </div>
        )}
      </div>
      <Trouble trouble={trouble} />
    </Card>
  );
}
