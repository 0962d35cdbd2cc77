import { msg } from '@lit/localize';
import type { BackupFailure, VaultFailure } from '../../store/index.ts';
import type { FailureText } from '../i18n/failure-texts.ts';
import type { JudgeFailure } from './face-judge.ts';

type VaultCode = BackupFailure['code'];

/** Every failure of the vault in plain words: cause, what the app did, what to do. Complete by type. */
const texts: Readonly<Record<VaultCode, () => FailureText>> = {
  unavailable: () => ({
    title: msg('This browser lets nothing be kept here'),
    text: msg('Nothing was stored or changed. A private window may be why: open Lintel in a normal one, or allow this page to store data.'),
  }),
  'too-new': () => ({
    title: msg('A newer version of Lintel wrote this data'),
    text: msg('It was not touched. Reload the page: that brings the newer version.'),
  }),
  blocked: () => ({
    title: msg('Another tab is in the way'),
    text: msg('It holds the data open in an older version. Nothing was changed. Close the other tabs of Lintel, then try again.'),
  }),
  quota: () => ({
    title: msg('The device has no room left'),
    text: msg('Nothing was stored, and nothing was lost. Free some space, then try again.'),
  }),
  'key-lost': () => ({
    title: msg('The key to the people kept here is gone'),
    text: msg('The browser has lost or damaged it, so what is kept can be read by nobody. Erase everything, then restore your last backup.'),
  }),
  damaged: () => ({
    title: msg('A record is damaged'),
    text: msg('It is not what was written, so it is not used. Restore a backup that holds this person, or erase the record.'),
  }),
  'no-such-person': () => ({
    title: msg('This person is not kept here any more'),
    text: msg('Another tab erased them, or the date until which they were kept is over. Nothing was changed.'),
  }),
  invalid: () => ({
    title: msg('This cannot be kept'),
    text: msg('A name needs 1 to 200 characters, and there is a limit to how many shots are kept of one person. Nothing was changed.'),
  }),
  conflict: () => ({
    title: msg('Another tab changes the same person'),
    text: msg('Nothing was changed here. Close the other tabs of Lintel, then try again.'),
  }),
  'weak-passphrase': () => ({
    title: msg('The passphrase is too short'),
    text: msg('No backup was made. Take at least 12 characters; several words are easier to remember than signs.'),
  }),
  'not-a-backup': () => ({
    title: msg('This file is no backup'),
    text: msg('It begins with something else. Nothing was changed. Choose a file that Lintel has saved as a backup.'),
  }),
  'backup-unreadable': () => ({
    title: msg('The file could not be read'),
    text: msg('The browser was not given its contents. Nothing was changed. Copy it to this device, then try again.'),
  }),
  'backup-cut': () => ({
    title: msg('The backup is cut off'),
    text: msg('It is shorter than it says, as after a broken download. Nothing was changed. Copy the file again, or take an older backup.'),
  }),
  'backup-trailing': () => ({
    title: msg('The backup has something at its end'),
    text: msg('It is longer than it says, so it was refused. Nothing was changed. Take the file as Lintel saved it.'),
  }),
  'backup-too-large': () => ({
    title: msg('The backup is too large'),
    text: msg('It is beyond what is read at all, so it was not opened. Nothing was changed.'),
  }),
  'backup-too-new': () => ({
    title: msg('A newer version of Lintel made this backup'),
    text: msg('This version cannot read it. Nothing was changed. Reload the app to get the newer version, then try again.'),
  }),
  'kdf-unknown': () => ({
    title: msg('This backup is locked in an unknown way'),
    text: msg('It asks for a way of making its key that Lintel does not use. It was refused, and nothing was changed.'),
  }),
  'kdf-cost': () => ({
    title: msg('This backup was altered'),
    text: msg('What it asks for would make its passphrase easy to guess, or would stop this device. It was refused before anything was computed.'),
  }),
  'kdf-failed': () => ({
    title: msg('The key could not be made'),
    text: msg('This device had no memory left for it. Nothing was changed. Close other tabs and apps, then try again.'),
  }),
  'wrong-passphrase-or-altered': () => ({
    title: msg('It does not open'),
    text: msg('The passphrase is not the one of this backup, or the file was altered; nobody can tell which. Nothing was changed. Mind capitals and blanks, and try again.'),
  }),
  'backup-damaged': () => ({
    title: msg('The backup is damaged'),
    text: msg('It opened, but what it holds is against the rules of its format. Nothing was restored. Take an older backup.'),
  }),
};

/** What keeps people from being changed, backed up or compared. */
export type PeopleFailure = VaultFailure | BackupFailure | JudgeFailure;

export function peopleFailureText({ code }: PeopleFailure): FailureText {
  if (isVaultCode(code)) return texts[code]();
  if (code === 'target-out-of-reach') {
    return {
      title: msg('So few strangers cannot be promised'),
      text: msg('The network was not measured with enough different people for this setting and this many shots. Choose a setting that lets more strangers pass.'),
    };
  }
  return {
    title: msg('These faces cannot be compared'),
    text: msg('What the network gave is not what it should be, so nothing was decided by it. Reload the app, then try again.'),
  };
}

function isVaultCode(code: PeopleFailure['code']): code is VaultCode {
  return code in texts;
}
