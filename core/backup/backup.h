/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One backup of a board, as it stands in the store: what it is a backup of, when and why it was made,
 * and which bytes it holds. The bytes themselves are in its file; see store.h.
 *
 * An immutable, ref-counted value. Any thread. */

#pragma once

#include "device/device.h"

G_BEGIN_DECLS

/**
 * JmpBackupReason:
 * @JMP_BACKUP_BY_HAND: somebody asked for it
 * @JMP_BACKUP_FIRST_FLASH: the board was about to be flashed for the first time
 * @JMP_BACKUP_WOULD_BE_LOST: an update was about to take something away
 * @JMP_BACKUP_REGION: somebody asked for one part of the memory
 * @JMP_BACKUP_IMPORTED: it was a file
 */
typedef enum {
  JMP_BACKUP_BY_HAND,
  JMP_BACKUP_FIRST_FLASH,
  JMP_BACKUP_WOULD_BE_LOST,
  JMP_BACKUP_REGION,
  JMP_BACKUP_IMPORTED,
} JmpBackupReason;

#define JMP_BACKUP_REASON_N 5

/* The file of its bytes, in the folder of a backup. */
#define JMP_BACKUP_FILE "backup.dfu"

/**
 * JmpBackupRange:
 * @alt: alt setting
 * @memory: (nullable): what the board calls it
 * @address: first byte
 * @size: bytes, 1 or more
 * @sha256: of these bytes
 * @bytes: (nullable): the bytes, of memory that is never put back (option bytes, OTP) and is not in
 *   the file; %NULL for all other
 */
typedef struct {
  guint8 alt;
  char *memory;
  guint32 address;
  guint32 size;
  char *sha256;
  GBytes *bytes;
} JmpBackupRange;

/**
 * JmpBackup:
 * @id: its name in the store: date, time and a number
 * @folder: (type filename): where it is
 * @identity: (nullable): which board, see jmp_backup_identity()
 * @problem: (nullable): why it cannot be used; then the members below may be empty
 * @board_name: (nullable): what the board was called
 * @board_id: (nullable): which board of the catalogue it was known to be
 * @vid: idVendor
 * @pid: idProduct
 * @serial: (nullable): serial number
 * @date: when it was made, in seconds since 1970
 * @version: (nullable): version of the firmware that was on the board
 * @machine: (nullable): what that firmware called the board
 * @reason: why it was made
 * @size: bytes of memory that can be put back
 * @file_size: bytes of its file
 * @sha256: of its file
 * @ranges: (element-type JmpBackupRange): by alt setting and address
 *
 * Borrow the members; do not change them.
 */
typedef struct {
  char *id;
  char *folder;
  char *identity;
  char *problem;
  char *board_name;
  char *board_id;
  guint16 vid;
  guint16 pid;
  char *serial;
  gint64 date;
  char *version;
  char *machine;
  JmpBackupReason reason;
  guint64 size;
  guint64 file_size;
  char *sha256;
  GPtrArray *ranges;
} JmpBackup;

JmpBackup *jmp_backup_ref (JmpBackup *self);
void jmp_backup_unref (JmpBackup *self);
const char *jmp_backup_reason_to_string (JmpBackupReason reason);
char *jmp_backup_identity (JmpDevice *device, GListModel *boards) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpBackup, jmp_backup_unref)

G_END_DECLS
