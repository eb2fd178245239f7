import { expect, it } from "vitest";
import { declined_renewal, renewal_quote } from "./renewal_quote";

const policy = { enterprise: "ent_1", product: "p", until: "2027-10-01T00:00:00+08:00" };
const quote = { id: "quo_1", enterprise: "ent_1", product: "p", from: "2027-10-01", state: "issued" };

it("a renewal goes on where the policy ends, and is not over", () => {
  expect(renewal_quote(policy, [{ ...quote, state: "expired" }, { ...quote, from: "2027-10-02" }, quote])?.id).toBe("quo_1");
  expect(renewal_quote(policy, [{ ...quote, enterprise: "ent_2" }, { ...quote, product: "q" }])).toBeUndefined();
});

it("the day is that of Beijing, however the moment is written", () => {
  expect(renewal_quote({ ...policy, until: "2027-09-30T16:00:00Z" }, [quote])?.id).toBe("quo_1");
});

it("what was bound goes before what may be, and what was declined counts where nothing else is there", () => {
  const [bound, declined] = [{ ...quote, id: "quo_2", state: "bound" }, { ...quote, id: "quo_3", state: "declined" }];
  expect(renewal_quote(policy, [quote, bound])?.id).toBe("quo_2");
  expect(renewal_quote(policy, [declined])).toBeUndefined();
  expect(declined_renewal(policy, [declined])?.id).toBe("quo_3");
  expect(declined_renewal(policy, [declined, quote])).toBeUndefined();
});
