// Sectors (GB/T 4754) and regions (GB/T 2260) that a small firm finds itself in, in plain words.
export interface Choice {
  code: string;
  zh: string;
  en: string;
}

export const SECTORS: Choice[] = [
  { code: "C13", zh: "食品加工", en: "Food processing" },
  { code: "C17", zh: "纺织", en: "Textiles" },
  { code: "C18", zh: "服装", en: "Clothing" },
  { code: "C22", zh: "造纸", en: "Paper" },
  { code: "C26", zh: "化工", en: "Chemicals" },
  { code: "C27", zh: "医药制造", en: "Pharmaceuticals" },
  { code: "C29", zh: "橡胶和塑料", en: "Rubber and plastics" },
  { code: "C33", zh: "金属制品、五金模具", en: "Metal goods, hardware, moulds" },
  { code: "C34", zh: "通用设备、机械", en: "General machinery" },
  { code: "C35", zh: "专用设备", en: "Special machinery" },
  { code: "C36", zh: "汽车及零部件", en: "Vehicles and parts" },
  { code: "C38", zh: "电气、家电", en: "Electrical goods" },
  { code: "C39", zh: "电子设备", en: "Electronics" },
  { code: "D44", zh: "电力、热力", en: "Electricity and heat" },
  { code: "E47", zh: "建筑施工", en: "Building" },
  { code: "F51", zh: "批发、外贸", en: "Wholesale and trade" },
  { code: "F52", zh: "零售、电商", en: "Retail and online shops" },
  { code: "G54", zh: "道路运输", en: "Road transport" },
  { code: "G59", zh: "仓储、物流", en: "Storage and logistics" },
  { code: "H61", zh: "住宿", en: "Hotels" },
  { code: "H62", zh: "餐饮", en: "Restaurants" },
  { code: "I64", zh: "互联网", en: "Internet services" },
  { code: "I65", zh: "软件和信息技术", en: "Software and IT" },
  { code: "K70", zh: "房地产、物业", en: "Property" },
  { code: "L72", zh: "商务服务", en: "Business services" },
  { code: "M74", zh: "专业技术服务", en: "Technical services" },
  { code: "P83", zh: "教育、培训", en: "Education" },
  { code: "Q84", zh: "医疗卫生", en: "Health" },
];

export const REGIONS: Choice[] = [
  { code: "330203", zh: "宁波 海曙", en: "Ningbo, Haishu" },
  { code: "330205", zh: "宁波 江北", en: "Ningbo, Jiangbei" },
  { code: "330206", zh: "宁波 北仑", en: "Ningbo, Beilun" },
  { code: "330211", zh: "宁波 镇海", en: "Ningbo, Zhenhai" },
  { code: "330212", zh: "宁波 鄞州", en: "Ningbo, Yinzhou" },
  { code: "330213", zh: "宁波 奉化", en: "Ningbo, Fenghua" },
  { code: "330225", zh: "宁波 象山", en: "Ningbo, Xiangshan" },
  { code: "330226", zh: "宁波 宁海", en: "Ningbo, Ninghai" },
  { code: "330281", zh: "宁波 余姚", en: "Ningbo, Yuyao" },
  { code: "330282", zh: "宁波 慈溪", en: "Ningbo, Cixi" },
  { code: "3301", zh: "杭州", en: "Hangzhou" },
  { code: "3303", zh: "温州", en: "Wenzhou" },
  { code: "3304", zh: "嘉兴", en: "Jiaxing" },
  { code: "3305", zh: "湖州", en: "Huzhou" },
  { code: "3306", zh: "绍兴", en: "Shaoxing" },
  { code: "3307", zh: "金华", en: "Jinhua" },
  { code: "3308", zh: "衢州", en: "Quzhou" },
  { code: "3309", zh: "舟山", en: "Zhoushan" },
  { code: "3310", zh: "台州", en: "Taizhou" },
  { code: "3311", zh: "丽水", en: "Lishui" },
  { code: "31", zh: "上海", en: "Shanghai" },
  { code: "32", zh: "江苏", en: "Jiangsu" },
  { code: "44", zh: "广东", en: "Guangdong" },
];

/** The product that a page is about where none is chosen. */
export const FIRST_PRODUCT = "ningbo-2023-a";
