// Asking for a quote: a product and a first day.
import { useState, type FormEvent } from "react";
import { ApiError, call, fresh_key } from "../api/client";
import { forget_replies, useReply } from "../api/use_reply";
import { house_now } from "../base/clock";
import { beijing_day } from "../base/days";
import { useLanguage } from "../base/i18n";
import { money_text } from "../base/money";
import { useRouter } from "../base/router";
import { useDraft } from "../base/store";
import { Button, Card, Field, Page } from "../ui/parts";
import { as_trouble, Trouble, trouble_at } from "../ui/trouble";
import { FIRST_PRODUCT } from "./choices";

export default function AskQuotePage({ id }: { id: string }) {
  const { t, lang } = useLanguage();
  const { go } = useRouter();
  const products = useReply("product_list", { limit: 1000 });
  const { value: form, change, clear } = useDraft(`ask_quote.${id}`, { product: FIRST_PRODUCT, from: beijing_day(1, house_now()), key: "" });
  const [busy, set_busy] = useState(false);
  const [trouble, set_trouble] = useState<ApiError | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    set_trouble(null);
    const key = form.key === "" ? fresh_key() : form.key;
    change({ key });
    set_busy(true);
    try {
      const made = await call("quote_issue", { enterprise: id, product: form.product, from: form.from }, { key });
      forget_replies();
      clear();
      go(`quote/${made.id}`, { replace: true });
    } catch (fault) {
      const found = as_trouble(fault);
      if (!found.unreached) change({ key: "" });
      set_trouble(found);
      set_busy(false);
    }
  }

  return (
    <Page title={t("ask_quote.title")} lead={t("ask_quote.lead")} back={{ to: `company/${id}`, text: t("policies.companies") }}>
      <Card>
        <form className="form" noValidate onSubmit={(event) => void submit(event)}>
          <Field name="product" label={t("ask_quote.product")} error={trouble_at(trouble, "product")}>
            {(given) => (
              <select {...given} value={form.product} onChange={(event) => change({ product: event.target.value, key: "" })}>
                {(products.data?.items ?? []).map((each) => (
                  <option key={each.id} value={each.id}>
                    {each[lang]} · {money_text(each.premium)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field name="from" label={t("ask_quote.from")} hint={t("ask_quote.from_hint")} error={trouble_at(trouble, "from")}>
            {(given) => <input {...given} type="date" value={form.from} onChange={(event) => change({ from: event.target.value, key: "" })} />}
          </Field>
          <Trouble trouble={trouble ?? products.error} />
          <div className="actions">
            <Button type="submit" busy={busy}>
              {t("ask_quote.submit")}
            </Button>
          </div>
          <p className="hint" role="status">
            {busy ? t("price.working") : ""}
          </p>
        </form>
      </Card>
    </Page>
  );
}
