// Whether somebody with these roles may give a command, by the description of the service.
import type { Name } from "./client";
import { roles as table } from "./operations";

export function may(name: Name, roles: readonly string[]): boolean {
  const wanted = table[name];
  return wanted === undefined || wanted.some((role) => roles.includes(role));
}
