import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { RestError, type TableClient } from '@azure/data-tables';
import { faultIn, type RestMessage } from './rest-messages.js';

/** An answer with a status of 200 to 299; `text` is empty where it had no body. */
export type RestAnswer = {
  readonly text: string;
  readonly header: (name: string) => string | undefined;
};

/** One table over the service's own interface. */
export type RestClient = {
  /** Of the account, without a query. */
  readonly address: string;
  /**
   * Sends a message and reads what comes back with `read`. Throws RestError with the service's own code for any status but
   * 200 to 299, and for an answer that cannot be read. `sent` is told the request before it leaves: each try is this one.
   */
  send<Read>(
    make: RestMessage | ((mark: string) => RestMessage),
    read: (answer: RestAnswer) => Read,
    sent?: (request: object) => void,
  ): Promise<Read>;
};

/** The version that the SDK speaks. */
const VERSION = '2019-02-02';

/** One for all tables, and so their sockets. */
const HTTP = createDefaultHttpClient();

/** What the SDK does with a request that it made itself: ours are finished, and nobody traces them. */
const OF_ITS_OWN_REQUESTS = ['formDataPolicy', 'multipartPolicy', 'tracingPolicy'];

/**
 * By the pipeline of a client of the SDK, with all policies that were added to it: so signing, proxies, retries,
 * redirects and what counts them are those of the SDK. `insecure`: http is allowed, as for an emulator.
 */
export function openRestClient(client: TableClient, insecure: boolean): RestClient {
  const pipeline = client.pipeline.clone();
  for (const phase of ['Serialize', 'Deserialize'] as const) pipeline.removePolicy({ phase });
  for (const name of OF_ITS_OWN_REQUESTS) pipeline.removePolicy({ name });
  const [base = '', signature] = client.url.split('?');
  const address = base.replace(/\/$/, '');
  // A shared access signature is part of the address, and stands first in the query of each request.
  const urlOf = (path: string) => {
    if (signature === undefined) return `${address}/${path}`;
    const [resource, query] = path.split('?');
    return `${address}/${resource}?${signature}${query === undefined ? '' : `&${query}`}`;
  };
  return {
    address,
    async send(make, read, sent) {
      const request = createPipelineRequest({ url: address, allowInsecureConnection: insecure });
      const message = typeof make === 'function' ? make(request.requestId) : make;
      request.url = urlOf(message.path);
      request.method = message.method;
      request.headers = createHttpHeaders({ ...message.headers, 'x-ms-version': VERSION });
      if (message.body !== undefined) request.body = message.body;
      sent?.(request);
      const response = await pipeline.sendRequest(HTTP, request);
      const { status, headers, bodyAsText } = response;
      const text = bodyAsText ?? '';
      if (status < 200 || status >= 300)
        throw refused(status, faultIn(text) ?? headers.get('x-ms-error-code'));
      try {
        return read({ text, header: (name) => headers.get(name) });
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw refused(status, RestError.PARSE_ERROR);
      }
    },
  };
}

/** The same error as the SDK's. It holds no text of the service, which may say what was in a row. */
export function refused(statusCode: number, code: string | undefined): RestError {
  const of = code === undefined ? {} : { code };
  return new RestError(`the tables answered ${statusCode} ${code ?? ''}`.trim(), { statusCode, ...of });
}
