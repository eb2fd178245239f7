// The operations that the pages use, from the description of the service. Do not edit: tools/operations.py.

export type DryRun = { dry_run: true; events: { [key: string]: any }[] };

export type FileSent = (string | { name: string; text: string } | { name: string; base64: string } | { [key: string]: any });

export type Files = { name: string; base64: string }[];

export type Money = { amount: number; currency: string };

export type Shape_claim = { claim: string; clocks: { clock: string; article: string; from: string; from_seq: number; nominal: string; due: string; calendar_known: boolean; done: (string | null); done_seq: number; state: string }[] };

export type Shape_decided = { state: string; decision: string; premium: Money; subsidy: Money; customer_pays: Money; overrides: unknown[]; referrals: unknown[]; subjectivities: unknown[] };

export type Shape_interruption = (unknown | { section: string; started: string; restored: string; weekly_profit: number[]; stopped_ppm: number; sales: { from: string; until: string; gross_profit: Money; evidence: string }[]; again: unknown[]; currency: unknown; provider: string });

export type Shape_items = { head: string; amount: Money; betterment: Money; note: string; evidence: string; paid: (string | null); incurred: unknown; vendor: string };

export type Shape_judged = { sector: string; region: string; revenue: Money; employees: number; incidents: number; cii_operator: boolean; score: number; proven: string[]; conflicts: unknown[]; facts: { name: string; value: string; source: string; observed_on: string }[] };

export type Shape_lines = { product: string; category: string; controls: string[]; price: Money; format: string; device_param: string; devices: number; seen_min: number; signal_days_max: number; proofs: { control: string; answer: string }[] };

export type Shape_loss = { incident: string; items: Shape_items[]; interruption: (Shape_interruption | unknown); mitigation: Money; rates: unknown[] };

export type Shape_loss_2 = { ground_up: Money; insured: Money; standard_error: Money; insured_low: Money; insured_high: Money; insured_sector: Money; insured_full_cover: Money; insured_full_sector: Money; frequency_ppm: number; paid_frequency_ppm: number; assumption_share_ppm: number; credibility_ppm: number; history_ppm: number; perils: { peril: string; frequency_ppm: number; ground_up: Money; insured: Money }[]; covers: { section: string; insured: Money }[]; model_version: string; seed: number; hazard: string; bits: string };

export type Shape_observations = { id: string; order: string; product: string; seen: number; of: number; from: string; until: string; format: string; lines: number; alerts: number; refused: number; source: string };

export type Shape_parts = { expected_loss: Money; service: Money; claims_handling: Money; policy_cost: Money; reinsurance: Money; capital: Money; acquisition: Money; administration: Money; margin: Money; guarantee_fund: Money; technical_net: Money; vat: Money; technical_gross: Money; filing_adjustment: Money; filed_gross: Money };

export type Shape_reasons = { code: string; number: number; amount?: string; text: string; paid?: string; share?: string; weight?: string; value?: string; limit?: string };

export type Shape_settlement = { sections: { section: string; claimed: Money; paid: Money; eroded: Money }[]; paid_total: Money; mitigation_paid: Money; aggregate_left: Money; steps: { stage: string; reason: string; clause: string; subject: string; before: Money; after: Money }[]; services_paid: unknown[] };

export interface Operations {
  /** record the assessment; missing answers are asked for all at once / 记录安全评估答卷（缺少的问题一次列全） */
  assess: {
    request: {
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 企业编号 / the company, e.g. ent_9 */
      enterprise: (string | number | Money);
      /** 答卷文件 / file of answers */
      answers: FileSent;
    };
    reply: { id: string; enterprise: string; questionnaire: string; answers: { control: string; value: string; source: string; evidence: string; answered_on: string }[]; first_seq: number; last_seq: number; repeated: boolean };
  };
  /** the periods of law of a claim: from which record, until when, kept or not / 赔案的法定期间：从哪条记录起算、最后一日、是否按期 */
  claim_clocks: {
    request: {
      /** 赔案编号 / the claim, e.g. clm_60 */
      claim: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: Shape_claim;
  };
  /** list the claims / 列出赔案 */
  claim_list: {
    request: {
      /** 只列该企业的 / of this company only, e.g. ent_9 */
      enterprise?: string;
      limit?: number;
      after?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { items: { id: string; policy: string; enterprise: string; incident: string; peril: string; occurred: string; outcome: string; state: string; payable: Money }[]; next: (string | null) };
  };
  /** the letter: every clause that changed an amount / 理赔决定书（逐条说明） */
  claim_show: {
    request: {
      /** 赔案编号 / the claim, e.g. clm_44 */
      claim: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { id: string; incident: string; policy: string; outcome: string; heads: { head: string; stated: Money; quantified: Money; admitted: boolean }[]; admission: { stage: string; reason: string; clause: string; subject: string; before: Money; after: Money }[]; settlement: Shape_settlement; unapplied: unknown[]; overridden: unknown[]; payable: Money; proven_controls: string[]; payee: (string | null); state: string; paid_so_far: Money; to_be_paid_back: Money; recovered: Money; written_off: Money; turns: { to: string; by: string; at: string; reason: string }[]; adjudicator: string; approver: string; payer: string; facts_counting: unknown[]; facts: unknown[] };
  };
  /** list the companies / 列出企业 */
  enterprise_list: {
    request: {
      limit?: number;
      after?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { items: { id: string; legal_name: string; credit_code: string; quotes: string[]; policies: string[] }[]; next: (string | null) };
  };
  /** register a company with its facts / 登记企业及其事实 */
  enterprise_register: {
    request: {
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 企业文件（TOML 或 JSON） / file of the company (TOML or JSON) */
      file: FileSent;
    };
    reply: { id: string; legal_name: string; credit_code: string; contact: { subject: (null | string); slot: number; cipher: string }; assess_consent: boolean; monitor_consent: boolean; facts: { name: string; value: string; source: string; observed_on: string }[]; first_seq: number; last_seq: number; repeated: boolean };
  };
  /** show a company: facts, quotes, policies, orders / 查看企业：事实、报价、保单与订单 */
  enterprise_show: {
    request: {
      /** 企业编号 / the company, e.g. ent_9 */
      enterprise: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { id: string; legal_name: string; credit_code: string; contact: { subject: (null | string); slot: number; cipher: string }; assess_consent: boolean; monitor_consent: boolean; facts: { name: string; value: string; source: string; observed_on: string }[]; assessment: (unknown | { id: string; enterprise: string; questionnaire: string; answers: { control: string; value: string; source: string; evidence: string; answered_on: string }[] }); orders: string[]; quotes: string[]; policies: string[] };
  };
  /** list the incidents / 列出事故 */
  incident_list: {
    request: {
      /** 只列该企业的 / of this company only, e.g. ent_9 */
      enterprise?: string;
      limit?: number;
      after?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { items: { id: string; policy: string; peril: string; causes: unknown[]; occurred: string; discovered: string; summary: string; related_to: unknown; location: string; attribution: unknown; first_claim: unknown; circumstances: unknown; certificate: number; enterprise: string; claim: string }[]; next: (string | null) };
  };
  /** report an incident under a policy / 报案 */
  incident_report: {
    request: {
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 保单编号 / the policy, e.g. pol_30 */
      policy: (string | number | Money);
      /** 事故与损失文件（TOML 或 JSON） / incident and loss file (TOML or JSON) */
      file: FileSent;
      /** 园区成员的凭证序号，例如 3 / the certificate of the member of a park, e.g. 3 */
      certificate?: (string | number | Money);
      /** 同一根本原因的首次事故，条款约定的小时数内并为一次事故（理赔人认定） / the first incident of the same root cause: within 72 h they are one (said by a claims handler) */
      "related-to"?: (string | number | Money);
    };
    reply: { id: string; policy: string; peril: string; causes: unknown[]; occurred: string; discovered: string; summary: string; related_to: (string | null); location: string; attribution: unknown; first_claim: (string | null); circumstances: (string | null); certificate: number; first_seq: number; last_seq: number; repeated: boolean };
  };
  /** show an incident: report, loss, conditions, facts found / 查看事故：报案、损失、约定条件与查明的事实 */
  incident_show: {
    request: {
      /** 事故编号 / the incident, e.g. inc_40 */
      incident: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { id: string; policy: string; peril: string; causes: unknown[]; occurred: string; discovered: string; summary: string; related_to: (string | null); location: string; attribution: unknown; first_claim: unknown; circumstances: unknown; certificate: number; reported_by: string; reported_at: string; loss: Shape_loss; conditions: { incident: string; condition: string; reference: string; evidence: string; met: string; recorded_at: string; recorded_by: string; correct: boolean }[]; claim: (string | null); facts_counting: unknown[]; facts: unknown[] };
  };
  /** list the orders / 列出套餐订单 */
  order_list: {
    request: {
      /** 只列该企业的 / of this company only, e.g. ent_9 */
      enterprise?: string;
      limit?: number;
      after?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { items: { id: string; enterprise: string; package: string; from: string; until: string; state: string; price: Money; paid: boolean }[]; next: (string | null) };
  };
  /** order a security package, a contract of its own / 订购安全产品套餐（独立合同） */
  order_place: {
    request: {
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 企业编号 / the company, e.g. ent_9 */
      enterprise: (string | number | Money);
      /** 套餐 / the package */
      package: (string | number | Money);
      /** 起始日 / first day */
      from: (string | number | Money);
    };
    reply: { id: string; enterprise: string; package: string; vendor: string; lines: Shape_lines[]; price: Money; endpoints: number; from: string; until: string; catalogue: string; first_seq: number; last_seq: number; repeated: boolean };
  };
  /** show an order and the controls it proves / 查看订单与证实的控制项 */
  order_show: {
    request: {
      /** 订单编号 / the order, e.g. ord_12 */
      order: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { id: string; enterprise: string; package: string; vendor: string; lines: Shape_lines[]; price: Money; endpoints: number; from: string; until: string; catalogue: string; state: string; observations: Shape_observations[]; proven_controls: string[] };
  };
  /** list the security packages / 列出安全产品套餐 */
  package_list: {
    request: {
      limit?: number;
      after?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { items: { id: string; zh: string; en: string; vendor: string; products: string[] }[]; next: (string | null) };
  };
  /** bind an explained quote / 承保出单 */
  policy_bind: {
    request: {
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 报价编号 / the quote, e.g. quo_20 */
      quote: (string | number | Money);
    };
    reply: { id: string; number: string; quote: string; enterprise: string; product: string; wording: string; wording_artefact: string; from: string; until: string; offset: number; premium: Money; customer_part: Money; subsidy_part: Money; scheme: string; policy_year: number; renewal_of: (null | string); explained: { clause: string; text: string; shown_by: string; confirmed_by: string; at: string }[]; first_seq: number; last_seq: number; repeated: boolean; evidence_needed: { fact: string; source: string; question: string }[]; conflicts: unknown[]; risk_unit?: { retained: Money; limit: Money } };
  };
  /** issue the signed policy document / 签发带签名的保单 */
  policy_document: {
    request: {
      /** 保单编号 / the policy, e.g. pol_30 */
      policy: string;
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      "If-Match"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 写入文件（JSON） / write it to a file (JSON) */
      out?: string;
      /** 覆盖已有文件 / overwrite the file if it is there */
      replace?: boolean;
    };
    reply: { document: { document: string; insurer: string; insured: string; credit_code: string; registration: string; product_name: string; policy: { id: string; number: string; quote: string; enterprise: string; product: string; wording: string; wording_artefact: string; from: string; until: string; offset: number; premium: Money; customer_part: Money; subsidy_part: Money; scheme: string; policy_year: number; renewal_of: unknown; explained: { clause: string; text: string; shown_by: string; confirmed_by: string; at: string }[] }; limits: { aggregate: number; occurrence: unknown; sections: { code: string; occurrence: (number | null); aggregate: (number | null) }[]; groups: { id: string; sections: string[]; occurrence: (number | null); aggregate: (number | null) }[] }; clauses: { ref: string; exemption: boolean; zh: string; en: string }[]; services: string[]; product_artefact: string; pricing_artefact: string }; text: { zh: string; en: string }; head: { seq: number; chain: string }; public_key: string; signature: string; files?: Files };
  };
  /** list the policies / 列出保单 */
  policy_list: {
    request: {
      /** 只列该企业的 / of this company only, e.g. ent_9 */
      enterprise?: string;
      limit?: number;
      after?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { items: { id: string; number: string; enterprise: string; product: string; from: string; until: string; state: string; premium: Money; claims: string[] }[]; next: (string | null) };
  };
  /** show a policy / 查看保单 */
  policy_show: {
    request: {
      /** 保单编号 / the policy, e.g. pol_30 */
      policy: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { id: string; number: string; quote: string; enterprise: string; product: string; wording: string; wording_artefact: string; from: string; until: string; offset: number; premium: Money; customer_part: Money; subsidy_part: Money; scheme: string; policy_year: number; renewal_of: unknown; explained: { clause: string; text: string; shown_by: string; confirmed_by: string; at: string }[]; state: string; customer_due: Money; customer_paid: Money; government_due: Money; government_paid: Money; earned: Money; refund: (unknown | { rule: string; days_on_risk: number; days_total: number; unearned_by_time: Money; unearned: Money; to_customer: Money; to_government: Money; customer_waived: Money; government_waived: Money }); aggregate_left: Money; claims: string[] };
  };
  /** issue a document on paper: a PDF with a signature and a QR code / 签发纸面文件：带签名和二维码的 PDF */
  print: {
    request: {
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 文件种类：policy|schedule|certificate|decision|quote|card / policy, schedule, certificate, decision, quote or card */
      kind: (string | number | Money);
      /** 保单、赔案或报价编号（card 不需要） / the policy, claim or quote (none for card) */
      id?: (string | number | Money);
      /** 园区成员的凭证序号（certificate） / the member of a park (certificate), e.g. 3 */
      certificate?: (string | number | Money);
      /** 写入的文件（PDF） / the file to write (PDF) */
      out?: string;
    };
    reply: { kind: string; number: string; file: string; pages: number; content: string; head_seq: number; fingerprint: string; code: string; files?: Files };
  };
  /** list the insurance products / 列出保险产品 */
  product_list: {
    request: {
      limit?: number;
      after?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { items: { id: string; zh: string; en: string; premium: Money; filed_low: Money; filed_high: Money; wording: string; package: string }[]; next: (string | null) };
  };
  /** the assessment questions that this company is asked / 该企业应答的评估问题 */
  questions: {
    request: {
      /** 企业编号 / the company, e.g. ent_9 */
      enterprise: string;
      /** 同时列出每题可填的内容 / with what may be answered to each */
      choices?: boolean;
      /** 输出一份待填的答卷文件 / print an answer file to fill in */
      template?: boolean;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: ({ stated_on: string; answers: { [key: string]: string } } | { control: string; zh: string; en: string; type: string; parts: { name: string; optional: boolean; several: boolean; words: string[]; minimum: (number | null); maximum: (number | null); date: boolean; money: boolean; text: boolean }[] }[]);
  };
  /** show and explain the exemption clauses, and record it / 逐条提示说明免责条款并留证 */
  quote_explain: {
    request: {
      /** 报价编号 / the quote, e.g. quo_20 */
      quote: string;
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      "If-Match"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 投保方确认凭证（不含个人信息） / token of the confirmation, no personal data */
      "confirmed-by": (string | number | Money);
    };
    reply: { first_seq: number; last_seq: number; repeated: boolean; clauses: string[]; texts: string[] };
  };
  /** indicative price from a few facts: an interval, and the next question / 参考价：不登记企业，由几项事实给出价格区间和下一个该问的问题 */
  quote_indicate: {
    request: {
      /** 产品，例如 ningbo-2023-a（见 product list） / the product, e.g. ningbo-2023-a */
      product: string;
      /** 属于哪个行业？（GB/T 4754 门类字母加代码，如 C39） / Which sector? (GB/T 4754 section letter and code, e.g. C39) */
      sector: string;
      /** 上一年度营业收入是多少元？ / What was last year's revenue, in yuan? */
      revenue: string;
      /** 有多少名员工？ / How many people work there? */
      employees: string;
      /** 注册地的行政区划代码？（GB/T 2260，如宁波 3302） / Where is it registered? (GB/T 2260 region code, e.g. 3302 for Ningbo) */
      region?: string;
      /** 保存了多少人的个人信息（条）？ / Of how many people is personal information held? */
      records?: string;
      /** 毛利率是百分之几？ / What is the gross margin, in percent of revenue? */
      "gross-margin"?: string;
      /** 信息系统停了，营业收入会停掉百分之几？ / Which share of revenue stops when the IT stops, in percent? */
      "it-dependence"?: string;
      /** 其中通过自有网站或线上商城取得的年收入是多少元？ / How much of the revenue is earned through own web shops, in yuan a year? */
      "online-revenue"?: string;
      /** 有多少条由计算机控制的生产线？ / How many production lines are controlled by computers? */
      "ot-lines"?: string;
      /** 近 36 个月本企业系统发生过几次网络安全事件？（攻击、数据泄露、资金诈骗、内部滥用、系统故障均计入，供应商或云服务商的中断不计） / How many incidents hit its own systems in the last 36 months (attacks, stolen data, funds fraud, abuse by insiders, failures of its own systems; not outages at a supplier or cloud)? */
      incidents?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { expected_before: { low: Money; central: Money; high: Money }; expected_paid: { low: Money; central: Money; high: Money }; technical: { low: Money; central: Money; high: Money }; filed: Money; parts: Shape_parts; systemic_ppm: number; decision: string; findings: { reason: string; consequence: string; value: string; limit: string }[]; inferred: { fact: string; low: number; central: number; high: number; source: string }[]; next: { fact: (null | string); question: string; rank: number; explained_ppm: number; explained_error_ppm: number; width_now: Money; width_left: Money; width_left_error: Money; at: { value: (number | null); technical: { low: Money; central: Money; high: Money } }[] }[]; missing_facts: { fact: string; question: string }[]; minimum_controls: { control: string; question: string; consequence: string }[] };
  };
  /** quote: the filed premium with the model's cost beside it / 报价：备案价与模型成本并列 */
  quote_issue: {
    request: {
      /** true: decided and not recorded; the reply is then a DryRun */
      "Anlan-Dry-Run"?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
      /** 企业编号 / the company, e.g. ent_9 */
      enterprise: (string | number | Money);
      /** 产品，例如 ningbo-2023-a（见 product list） / the product, e.g. ningbo-2023-a */
      product: (string | number | Money);
      /** 保障起始日 / first day of cover */
      from: (string | number | Money);
      /** 计算线程数，不影响结果 / threads of the calculation; the result is the same */
      threads?: (string | number | Money);
    };
    reply: { id: string; enterprise: string; product: string; product_artefact: string; wording: string; wording_artefact: string; pricing_artefact: string; from: string; until: string; valid_until: string; policy_year: number; renewal_of: unknown; premium: Money; filed_low: Money; filed_high: Money; scheme: string; subsidy: Money; no_subsidy: string[]; customer_pays: Money; aggregate_limit: Money; incident_maximum: Money; parts: Shape_parts; technical_low: Money; technical_high: Money; assumed: number; walk: { step: string; change: Money; cumulative: Money; code: string }[]; walk_reversed: { step: string; change: Money; cumulative: Money; code: string }[]; loss: Shape_loss_2; controls: { control: string; gap: number; trust: number; source: string }[]; inferred: string[]; inputs: string; basis: { after: number; at: string; files: string; program: string }; to_explain: string[]; decision: string; findings: { reason: string; consequence: string; value: string; limit: string; code: string }[]; registration: string; filed_premium: Money; rules_version: number; rules_artefact: string; judged: Shape_judged; applied: unknown[]; loss_ratio_max: number; reasons: Shape_reasons[]; systemic_ppm: number; evidence_needed: { fact: string; source: string; question: string }[]; decided: Shape_decided; first_seq: number; last_seq: number; repeated: boolean };
  };
  /** list the quotes / 列出报价 */
  quote_list: {
    request: {
      /** 只列该企业的 / of this company only, e.g. ent_9 */
      enterprise?: string;
      limit?: number;
      after?: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { items: { id: string; enterprise: string; product: string; from: string; valid_until: string; decision: string; state: string; premium: (Money | null); customer_pays: (Money | null); policy: (null | string) }[]; next: (string | null) };
  };
  /** show a quote slip / 查看报价单 */
  quote_show: {
    request: {
      /** 报价编号 / the quote, e.g. quo_20 */
      quote: string;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { id: string; enterprise: string; product: string; product_artefact: string; wording: string; wording_artefact: string; pricing_artefact: string; from: string; until: string; valid_until: string; policy_year: number; renewal_of: (null | string); premium: Money; filed_low: Money; filed_high: Money; scheme: string; subsidy: Money; no_subsidy: string[]; customer_pays: Money; aggregate_limit: Money; incident_maximum: Money; parts: Shape_parts; technical_low: Money; technical_high: Money; assumed: number; walk: { step: string; change: Money; cumulative: Money; code: string }[]; walk_reversed: { step: string; change: Money; cumulative: Money; code: string }[]; loss: Shape_loss_2; controls: { control: string; gap: number; trust: number; source: string }[]; inferred: string[]; inputs: string; basis: { after: number; at: string; files: string; program: string }; to_explain: string[]; decision: string; findings: { reason: string; consequence: string; value: string; limit: string; code: string }[]; registration: string; filed_premium: Money; rules_version: number; rules_artefact: string; judged: Shape_judged; applied: unknown[]; loss_ratio_max: number; reasons: Shape_reasons[]; systemic_ppm: number; evidence_needed: { fact: string; source: string; question: string }[]; decided: Shape_decided };
  };
  /** show a wording: the status of every cover, its terms, exclusions and clauses / 查看一份条款：各项保障的状态、条件、除外与条文 */
  wording_show: {
    request: {
      /** 条款名称或者文件 / a wording by name, or a file */
      wording: string;
      /** 附条款全文 / with the text of all clauses */
      clauses?: boolean;
      Prefer?: string;
      "Anlan-Fault"?: string;
    };
    reply: { wording: string; version: string; title: string; covers: { cover: string; status: string; clauses: string[] }[]; terms: { path: string; value: number; clause: string }[]; clauses: { ref: string; kind: string; exemption: boolean; zh: string; en: string }[] };
  };
}

export const operations = {
  assess: {"method": "POST", "path": "/v1/assess", "places": {"Anlan-Dry-Run": "header", "Prefer": "header", "Anlan-Fault": "header", "enterprise": "body", "answers": "body"}},
  claim_clocks: {"method": "GET", "path": "/v1/claim/{claim}/clocks", "places": {"claim": "path", "Prefer": "header", "Anlan-Fault": "header"}},
  claim_list: {"method": "GET", "path": "/v1/claim/list", "places": {"enterprise": "query", "limit": "query", "after": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  claim_show: {"method": "GET", "path": "/v1/claim/{claim}", "places": {"claim": "path", "Prefer": "header", "Anlan-Fault": "header"}},
  enterprise_list: {"method": "GET", "path": "/v1/enterprise/list", "places": {"limit": "query", "after": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  enterprise_register: {"method": "POST", "path": "/v1/enterprise/register", "places": {"Anlan-Dry-Run": "header", "Prefer": "header", "Anlan-Fault": "header", "file": "body"}},
  enterprise_show: {"method": "GET", "path": "/v1/enterprise/{enterprise}", "places": {"enterprise": "path", "Prefer": "header", "Anlan-Fault": "header"}},
  incident_list: {"method": "GET", "path": "/v1/incident/list", "places": {"enterprise": "query", "limit": "query", "after": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  incident_report: {"method": "POST", "path": "/v1/incident/report", "places": {"Anlan-Dry-Run": "header", "Prefer": "header", "Anlan-Fault": "header", "policy": "body", "file": "body", "certificate": "body", "related-to": "body"}},
  incident_show: {"method": "GET", "path": "/v1/incident/{incident}", "places": {"incident": "path", "Prefer": "header", "Anlan-Fault": "header"}},
  order_list: {"method": "GET", "path": "/v1/order/list", "places": {"enterprise": "query", "limit": "query", "after": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  order_place: {"method": "POST", "path": "/v1/order/place", "places": {"Anlan-Dry-Run": "header", "Prefer": "header", "Anlan-Fault": "header", "enterprise": "body", "package": "body", "from": "body"}},
  order_show: {"method": "GET", "path": "/v1/order/{order}", "places": {"order": "path", "Prefer": "header", "Anlan-Fault": "header"}},
  package_list: {"method": "GET", "path": "/v1/package/list", "places": {"limit": "query", "after": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  policy_bind: {"method": "POST", "path": "/v1/policy/bind", "places": {"Anlan-Dry-Run": "header", "Prefer": "header", "Anlan-Fault": "header", "quote": "body"}},
  policy_document: {"method": "POST", "path": "/v1/policy/{policy}/document", "places": {"policy": "path", "Anlan-Dry-Run": "header", "If-Match": "header", "Prefer": "header", "Anlan-Fault": "header", "out": "body", "replace": "body"}},
  policy_list: {"method": "GET", "path": "/v1/policy/list", "places": {"enterprise": "query", "limit": "query", "after": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  policy_show: {"method": "GET", "path": "/v1/policy/{policy}", "places": {"policy": "path", "Prefer": "header", "Anlan-Fault": "header"}},
  print: {"method": "POST", "path": "/v1/print", "places": {"Anlan-Dry-Run": "header", "Prefer": "header", "Anlan-Fault": "header", "kind": "body", "id": "body", "certificate": "body", "out": "body"}},
  product_list: {"method": "GET", "path": "/v1/product/list", "places": {"limit": "query", "after": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  questions: {"method": "GET", "path": "/v1/questions", "places": {"enterprise": "query", "choices": "query", "template": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  quote_explain: {"method": "POST", "path": "/v1/quote/{quote}/explain", "places": {"quote": "path", "Anlan-Dry-Run": "header", "If-Match": "header", "Prefer": "header", "Anlan-Fault": "header", "confirmed-by": "body"}},
  quote_indicate: {"method": "GET", "path": "/v1/quote/indicate", "places": {"product": "query", "sector": "query", "revenue": "query", "employees": "query", "region": "query", "records": "query", "gross-margin": "query", "it-dependence": "query", "online-revenue": "query", "ot-lines": "query", "incidents": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  quote_issue: {"method": "POST", "path": "/v1/quote/issue", "places": {"Anlan-Dry-Run": "header", "Prefer": "header", "Anlan-Fault": "header", "enterprise": "body", "product": "body", "from": "body", "threads": "body"}},
  quote_list: {"method": "GET", "path": "/v1/quote/list", "places": {"enterprise": "query", "limit": "query", "after": "query", "Prefer": "header", "Anlan-Fault": "header"}},
  quote_show: {"method": "GET", "path": "/v1/quote/{quote}", "places": {"quote": "path", "Prefer": "header", "Anlan-Fault": "header"}},
  wording_show: {"method": "GET", "path": "/v1/wording/{wording}", "places": {"wording": "path", "clauses": "query", "Prefer": "header", "Anlan-Fault": "header"}},
} as const;
