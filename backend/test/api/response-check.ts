import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Document, Method, Operation, PathItem, Response } from '../../src/contract/openapi/openapi.ts';
import { ADMISSION, BEFORE_ROUTING } from '../../src/contract/openapi/problems.ts';

export interface ResponseChecker {
  /**
   * Throws if the contract does not document this response to `method` on `path`. `body` is the JSON value or its text.
   * For a path or a method that is not in the contract, the response must be the matching problem document.
   */
  check(method: string, path: string, status: number, contentType: string | null | undefined, body?: unknown): void;
}

interface Candidate {
  /** The template's segments, with null for a parameter. */
  readonly segments: readonly (string | null)[];
  readonly template: string;
  readonly item: PathItem;
}

// The contract leaves out this spelling of another system: it answers what `GET /users/{userId}` answers.
const ONE_USER = /\/users\?id=([^&#]+)$/;

const PROBLEM_TYPE = 'application/problem+json';

/** Checks responses of the API against its OpenAPI document. */
export function responseChecker(document: Document): ResponseChecker {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'api', ...(strict(document) as object) });
  const candidates = candidatesOf(document);
  const validators = new Map<string, ValidateFunction>();

  return {
    check(method, path, status, contentType, body) {
      const request = `${method.toUpperCase()} ${path}`;
      const verb = verbOf(method);
      const type = contentType?.split(';')[0]?.trim().toLowerCase() || undefined;
      const value = jsonOf(body, type);
      const found = find(candidates, verb === 'get' ? path.replace(ONE_USER, '/users/$1') : path);
      if (type === PROBLEM_TYPE && isProblem(value) && BEFORE_ROUTING.some((code) => code === value.code)) {
        checkBeforeRouting(request, found, verb, value);
        return conforms(request, status, ['components', 'schemas', 'Problem'], value);
      }
      const known = found?.item[verb];
      if (found === undefined || known === undefined) {
        if (found !== undefined && method.toUpperCase() === 'OPTIONS' && status === 204) return;
        if (method.toUpperCase() === 'HEAD' && [403, 404, 405].includes(status) && type === PROBLEM_TYPE) return;
        if (type === PROBLEM_TYPE && isProblem(value) && ADMISSION.some((code) => code === value.code)) {
          return conforms(request, status, ['components', 'schemas', 'Problem'], value);
        }
        throw wrong(request, status, 'is not in the contract, so a problem document has to say so');
      }
      checkKnown(request, found.template, verb, known, { status, type, value });
    },
  };

  function checkKnown(
    request: string,
    template: string,
    verb: Method,
    operation: Operation,
    { status, type, value }: { status: number; type: string | undefined; value: unknown },
  ): void {
    const written = operation.responses[status];
    if (written === undefined) {
      const documented = Object.keys(operation.responses).join(', ');
      throw wrong(request, status, `is not documented; ${operation.operationId} answers ${documented}`);
    }
    const reference = '$ref' in written ? written.$ref : undefined;
    const place = reference?.slice(2).split('/') ?? ['paths', template, verb, 'responses', String(status)];
    const response = (reference === undefined ? written : document.components.responses[place[2] ?? '']) as Response;
    const isHead = request.startsWith('HEAD ');
    const types = Object.keys(response.content ?? {});
    checkType(request, status, types, type);
    if (types.length === 0 || isHead) {
      if (value === undefined) return;
      throw wrong(request, status, 'has a body where the contract has none');
    }
    const codes = response['x-problem-codes'];
    if (codes !== undefined && !(isProblem(value) && codes.includes(value.code))) {
      const code = isProblem(value) ? value.code : 'none';
      throw wrong(request, status, `has the problem code ${code}, documented are ${codes.join(', ')}`);
    }
    if (type?.endsWith('json')) conforms(request, status, [...place, 'content', type, 'schema'], value);
  }

  function conforms(request: string, status: number, place: readonly string[], value: unknown): void {
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    let validate = validators.get(pointer);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: `api#/${pointer}` });
      validators.set(pointer, validate);
    }
    if (isProblem(value) && value.status !== undefined && value.status !== status) {
      throw wrong(request, status, `has a problem document of status ${value.status}`);
    }
    if (validate(value)) return;
    const errors = (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `  ${instancePath === '' ? 'the body' : instancePath} ${message} ${JSON.stringify(params)}`,
    );
    throw wrong(
      request,
      status,
      `has a body that is not as documented:\n${errors.join('\n')}\n${JSON.stringify(value)}`,
    );
  }
}

function checkBeforeRouting(
  request: string,
  found: Candidate | undefined,
  verb: Method,
  { code, status }: { code: string; status?: number },
): void {
  const says = `says ${code}`;
  if (code === 'route_not_found' && found !== undefined) throw wrong(request, status, `${says}, and there is a route`);
  if (code === 'method_not_allowed' && (found === undefined || found.item[verb] !== undefined)) {
    throw wrong(request, status, `${says}, and the contract says otherwise`);
  }
}

function checkType(request: string, status: number, documented: readonly string[], type: string | undefined): void {
  if (type === undefined ? documented.length === 0 : documented.includes(type)) return;
  const allowed = documented.length === 0 ? 'no body' : documented.join(', ');
  throw wrong(request, status, `has the content type ${type ?? '(none)'}, documented is ${allowed}`);
}

function wrong(request: string, status: number | undefined, what: string): Error {
  return new Error(`The answer ${status} to ${request} ${what}.`);
}

function isProblem(value: unknown): value is { code: string; status?: number } {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

function jsonOf(body: unknown, type: string | undefined): unknown {
  if (body === '' || body === null || body === undefined) return undefined;
  if (typeof body !== 'string' || !type?.endsWith('json')) return body;
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new Error(`The body is announced as ${type} and is no JSON: ${body.slice(0, 200)}`, { cause });
  }
}

function verbOf(method: string): Method {
  const verb = method.toLowerCase();
  return (verb === 'head' ? 'get' : verb) as Method;
}

/** Paths without parameters come first, as in the server. */
function candidatesOf({ paths }: Document): readonly Candidate[] {
  const parameters = ({ segments }: Candidate) => segments.filter((one) => one === null).length;
  return Object.entries(paths)
    .map(([template, item]) => ({
      template,
      item,
      segments: template.split('/').map((segment) => (segment.startsWith('{') ? null : segment)),
    }))
    .sort((a, b) => parameters(a) - parameters(b));
}

function find(candidates: readonly Candidate[], path: string): Candidate | undefined {
  const [bare = ''] = path.split(/[?#]/);
  const route = bare === '/v1' ? '/' : bare.startsWith('/v1/') ? bare.slice(3) : bare;
  const parts = route.split('/');
  return candidates.find(
    ({ segments }) =>
      segments.length === parts.length &&
      segments.every((segment, i) => (segment === null ? parts[i] !== '' : segment === parts[i])),
  );
}

/**
 * Replaces `nullable` by the equivalent JSON Schema in every schema, and closes all objects: clients must expect new
 * members of an answer, but an answer of this version must have no member that its contract does not describe.
 */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, strict(member)]);
  const { nullable, ...rest } = Object.fromEntries(members);
  const isOpen = rest.type !== 'object' || rest.properties === undefined || rest.additionalProperties !== undefined;
  const closed = isOpen ? rest : { ...rest, additionalProperties: false };
  return nullable === true ? { ...closed, type: [closed.type, 'null'] } : closed;
}
