export { use_sending } from "../api/use_sending";
