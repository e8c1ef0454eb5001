import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKind } from '../../../../activities/adapters/egress/address-kind.js';

describe('an address', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.167.255.255',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4001:80b::200e',
    '::ffff:8.8.8.8',
    '::ffff:808:808',
  ])('%s is public', (address) => expect(addressKind(address)).toBe('public'));

  it.each([
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '::1',
    'fc00::1',
    'fd12:3456:789a::1',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:c0a8:0101',
  ])('%s is private', (address) => expect(addressKind(address)).toBe('private'));

  it.each([
    ['0.0.0.0', 'this host'],
    ['0.1.2.3', 'this network'],
    ['169.254.169.254', 'metadata of many clouds'],
    ['169.254.170.2', 'credentials of a task'],
    ['100.100.100.200', 'metadata'],
    ['168.63.129.16', 'metadata'],
    ['192.0.0.192', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['::ffff:169.254.169.254', 'metadata, mapped'],
    ['::ffff:a9fe:a9fe', 'metadata, mapped'],
    ['::169.254.169.254', 'metadata, compatible'],
    ['::ffff:0:169.254.169.254', 'metadata, translated'],
    ['64:ff9b::a9fe:a9fe', 'metadata through NAT64'],
    ['64:ff9b::808:808', 'NAT64'],
    ['64:ff9b:1::7f00:1', 'NAT64 of a network'],
    ['2002:7f00:1::', '6to4'],
    ['2002:808:808::1', '6to4'],
    ['192.88.99.1', 'a relay of 6to4'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo'],
    ['fe80::1', 'the link'],
    ['fe80::1%lo', 'the link, with a zone'],
    ['fec0::1', 'a site'],
    ['ff02::1', 'a group'],
    ['224.0.0.1', 'a group'],
    ['255.255.255.255', 'everybody'],
    ['240.0.0.1', 'reserved'],
    ['192.0.2.1', 'an example'],
    ['198.51.100.1', 'an example'],
    ['203.0.113.1', 'an example'],
    ['198.18.0.1', 'a benchmark'],
    ['2001:db8::1', 'an example'],
    ['3fff::1', 'an example'],
    ['5f00::1', 'routing by segments'],
    ['100::1', 'a sink'],
    ['::', 'no address'],
    ['4000::1', 'given out to nobody'],
    ['', 'nothing'],
    ['not an address', 'words'],
    ['127.1', 'half an address'],
    ['2130706433', 'a number'],
    ['0x7f.0.0.1', 'an address in hex'],
  ])('%s, %s, is closed', (address) => expect(addressKind(address)).toBe('closed'));

  it('is of the same kind when it is written inside of version 6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(addressKind(`::ffff:${address}`)).toBe(addressKind(address));
      }),
    );
  });

  it('is public in version 6 only among those that are given out', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        if (addressKind(address) !== 'public') return;
        expect(address).toMatch(/^(?:[23][0-9a-f]{3}:|0{0,4}:.*ffff:)/i);
      }),
    );
  });
});
