// The proposal of a quote: the PDF that the service signs, in one click.
import { ApiError } from "../../api/client";
import { Button } from "../../ui/parts";
import { save_file } from "../../ui/save_file";
import { Trouble } from "../../ui/trouble";
import { call } from "../api";
import { useDesk } from "../language";
import { use_sending } from "../use_sending";
import { bytes_of } from "./file_link";

export function Proposal({ quote }: { quote: string }) {
  const { t } = useDesk();
  const { busy, trouble, send } = use_sending();
  const make = () =>
    send(async (key) => {
      const reply = await call("print", { kind: "quote", id: quote, out: `${quote}.pdf` }, { key });
      const file = (reply as { files?: { name: string; base64: string }[] }).files?.[0];
      if (!file) throw new ApiError(0, { code: "no_file" }, "");
      save_file(file.name, "application/pdf", bytes_of(file.base64));
    });
  return (
    <>
      <Button kind="quiet" busy={busy} onClick={() => void make()} aria-label={t("board.proposal_of", { quote })}>
        {t("board.proposal")}
      </Button>
      <Trouble trouble={trouble} />
    </>
  );
}
