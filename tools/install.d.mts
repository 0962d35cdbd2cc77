export declare const root: string;
export declare function nodeTooOld(version?: string): string | null;
export declare function isInstalled(folder?: string): boolean;
export declare function sourcesHash(folder?: string): string;
export declare function duration(ms: number): string;
export declare function run(
  command: string,
  args: readonly string[],
  options?: { env?: Record<string, string>; timeoutMs?: number; shell?: boolean; silent?: boolean },
): Promise<number>;
