/** 0.0930 is 9.3 %: a share or a chance, no money. What is not nothing is never written as 0 %. */
export function part_text(value: number): string {
  if (value > 0 && value < 0.0001) return "< 0.01 %";
  return `${(value * 100).toFixed(2).replace(/\.?0+$/, "")} %`;
}
