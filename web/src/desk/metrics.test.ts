import { expect, it } from "vitest";
import { read_metrics } from "./metrics";

const TEXT = `# HELP anlan_requests_total Requests answered.
# TYPE anlan_requests_total counter
anlan_requests_total{operation="quote list",status="200"} 3
# HELP anlan_seconds Time of an answer.
anlan_seconds_bucket{le="0.1"} 2
anlan_seconds_count 2
anlan_doors 1.5
`;

it("metrics are read without their buckets, with what they mean", () => {
  expect(read_metrics(TEXT)).toEqual([
    { name: "anlan_requests_total", labels: "operation=quote list,status=200", value: "3", help: "Requests answered." },
    { name: "anlan_seconds_count", labels: "", value: "2", help: "Time of an answer." },
    { name: "anlan_doors", labels: "", value: "1.5", help: "" },
  ]);
});
