/** The address's query without regard to case: pages that redirect do not always keep it. */
export function parameter(address: string, name: string): string {
  for (const [key, value] of new URL(address).searchParams) if (key.toLowerCase() === name.toLowerCase()) return value;
  return '';
}
