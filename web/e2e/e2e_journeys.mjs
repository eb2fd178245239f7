// Journeys over everything: each address in each form, what fails, the purchase against the clock, hostile texts, the guide's pictures.
import { fault_journeys } from "./fault_journeys.mjs";
import { guide } from "./guide.mjs";
import { hostile } from "./hostile.mjs";
import { purchase } from "./purchase.mjs";
import { speed } from "./speed.mjs";
import { sweep } from "./sweep.mjs";

// Hostile texts last: what others look at stays as it was made.
export const e2e_journeys = [...guide, ...sweep, ...speed, ...fault_journeys, ...purchase, ...hostile];
