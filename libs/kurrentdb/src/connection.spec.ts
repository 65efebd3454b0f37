import { refusalOf } from '@tieout/event-log/contract';
import { readConnection } from './connection';

const wrong = async (url: string): Promise<string | undefined> =>
  (await refusalOf(Promise.resolve().then(() => readConnection(url)))).problems[0]?.message;

it('takes the credentials out of the string, and leaves the rest as it is', () => {
  expect(
    readConnection('kurrentdb://admin:s3cr%40t:x@n1:2113,n2:2113?tlsCAFile=ca.crt&discoveryInterval=7'),
  ).toStrictEqual({
    shown: 'kurrentdb://n1:2113,n2:2113',
    hosts: 'n1:2113,n2:2113',
    string: 'kurrentdb://n1:2113,n2:2113?tlsCAFile=ca.crt&discoveryInterval=7',
    credentials: { username: 'admin', password: 's3cr@t:x' },
  });
  expect(readConnection('kurrentdb+discover://ledger.example')).toStrictEqual({
    shown: 'kurrentdb+discover://ledger.example',
    hosts: 'ledger.example',
    string: 'kurrentdb+discover://ledger.example?discoveryInterval=20',
  });
});

it('has no credentials to send where the connection is not encrypted', () => {
  expect(readConnection('kurrentdb://admin:s3cret@n1:2113?tls=false')).toStrictEqual({
    shown: 'kurrentdb://n1:2113',
    hosts: 'n1:2113',
    string: 'kurrentdb://n1:2113?tls=false&discoveryInterval=20',
  });
});

it.each([
  ['kurrentdb://', 'the store kurrentdb:// is not a connection string'],
  ['kurrentdb://admin:s3cret@', 'the store kurrentdb:// is not a connection string'],
  ['kurrent://admin:s3cret@n1', 'the store kurrent://n1 is not a connection string'],
  ['kurrentdb://admin:s3?cret@n1', 'the store kurrentdb://n1 is not a connection string'],
  [
    'kurrentdb://admin:s3%cret@n1',
    'the store kurrentdb://n1 has a user or password that is not percent-encoded',
  ],
  [
    'kurrentdb://admin:s3cret@n1?tlsCaFiel=ca.crt',
    'the store kurrentdb://n1?tlsCaFiel=ca.crt has the option "tlsCaFiel", which is not known',
  ],
  [
    'kurrentdb://n1?nodePreference=follower',
    'the store kurrentdb://n1?nodePreference=follower prefers a node that is not the leader',
  ],
  [
    'kurrentdb://n1?throwOnAppendFailure=false',
    'the store kurrentdb://n1?throwOnAppendFailure=false asks not to be told of appends that fail',
  ],
])('refuses %s, with no password in what it says', async (url, message) => {
  expect(await wrong(url)).toBe(message);
});
