import type { Statement } from '../policy/statements.ts';

export type ApiKind = 'http' | 'rest';

/** A deployed function with its IAM policies. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly codeSha256: string;
  readonly isTraced: boolean;
  readonly logGroup: string;
  /** Policies of the function's role. */
  readonly statements: readonly Statement[];
  /** The resource policy: principals that may invoke the function. */
  readonly invokers: readonly Statement[];
  /** Settings for failed asynchronous invocations. */
  readonly asynchronous: { readonly maximumRetries: number; readonly onFailureArn: string | undefined };
}

/** An event source mapping from a stream to a function. */
export interface Mapping {
  readonly functionName: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly filters: readonly string[];
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  /** -1 for no limit: until the records expire. */
  readonly maximumRetries: number;
  readonly onFailureArn: string | undefined;
}

/** The authorizer of API Gateway itself. */
export interface Authorizer {
  readonly issuers: readonly string[];
  /** For HTTP APIs only. A REST API accepts tokens for every client of its user pools. */
  readonly audiences: readonly string[];
  /** A token needs one of these scopes. Empty: no scope is required. */
  readonly scopes: readonly string[];
}

export interface ApiRoute {
  /** `GET`, … or `ANY`. */
  readonly method: string;
  readonly path: string;
  /** `ANY /tickets` or `$default`; for a REST API the id of the resource. */
  readonly key: string;
  readonly functionName: string;
  readonly payloadVersion: string;
  readonly timeoutMilliseconds: number;
  /** Absent: every request reaches the function. */
  readonly authorizer?: Authorizer;
}

export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number | undefined;
}

/** A custom error response of a REST API. */
export interface GatewayResponse {
  readonly status: number | undefined;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly template: string;
}

export interface DeployedApi {
  readonly kind: ApiKind;
  readonly id: string;
  readonly domainName: string;
  /** `$default` or a name. A name is the first segment of every path. */
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routes: readonly ApiRoute[];
  readonly binaryMediaTypes: readonly string[];
  readonly cors: Cors | undefined;
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
}

export interface DeployedTable {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string | undefined;
  /** Input of `CreateTable`. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly expiresBy: string | undefined;
}

/** A rule of EventBridge whose targets are functions. */
export interface DeployedRule {
  readonly arn: string;
  readonly bus: string;
  readonly isEnabled: boolean;
  readonly pattern: string;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly functionName: string;
  /** Whether the function's policy lets the rule call it. */
  readonly isAllowed: boolean;
  /** ARN of the queue for undelivered events. */
  readonly deadLetters?: { readonly queueUrl: string; readonly isAllowed: boolean };
}
