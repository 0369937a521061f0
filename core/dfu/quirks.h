/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is known to be different about certain boot loaders: one table, matched by ids and strings.
 *
 * Pure; any thread. */

#pragma once

#include "dfu/erased.h"

G_BEGIN_DECLS

/**
 * JmpQuirkFlags:
 * @JMP_QUIRK_NO_CLEAR_STATUS: stalls a CLRSTATUS outside dfuERROR: use ABORT there
 * @JMP_QUIRK_NOT_DFUSE: speaks plain DFU 1.1 whatever its strings look like
 * @JMP_QUIRK_ONE_ALT: every alt setting is the same memory: only the first is listed
 * @JMP_QUIRK_NO_GET_COMMANDS: never answers the Get command
 * @JMP_QUIRK_MASS_ERASE_IGNORED: may report a mass erase that it did not do
 * @JMP_QUIRK_FORCE_DFU_MODE: is in DFU mode although bInterfaceProtocol does not say so
 * @JMP_QUIRK_LEAVE_WITHOUT_STATUS: goes away on the empty DNLOAD itself
 * @JMP_QUIRK_DFU_1_1: its bcdDFUVersion is wrong; it is DFU 1.1
 * @JMP_QUIRK_MAP_MAY_LIE: its memory map may not be that of the chip: where what was written differs,
 *   that is the likely reason
 * @JMP_QUIRK_NOT_DFU: has a DFU interface, but speaks another protocol on it
 * @JMP_QUIRK_BOARD: certainly a board while its program runs, and no headset or dock that has a DFU
 *   interface, too
 * @JMP_QUIRK_KEEPS_BLOCKS: of plain DFU: a block is in place when its DNLOAD is done, and stays there
 *   when the download is broken off, so that all can be read back before the download is ended
 */
typedef enum {
  JMP_QUIRK_NONE = 0,
  JMP_QUIRK_NO_CLEAR_STATUS = 1 << 0,
  JMP_QUIRK_NOT_DFUSE = 1 << 1,
  JMP_QUIRK_ONE_ALT = 1 << 2,
  JMP_QUIRK_NO_GET_COMMANDS = 1 << 3,
  JMP_QUIRK_MASS_ERASE_IGNORED = 1 << 4,
  JMP_QUIRK_FORCE_DFU_MODE = 1 << 5,
  JMP_QUIRK_LEAVE_WITHOUT_STATUS = 1 << 6,
  JMP_QUIRK_DFU_1_1 = 1 << 7,
  JMP_QUIRK_NOT_DFU = 1 << 8,
  JMP_QUIRK_MAP_MAY_LIE = 1 << 9,
  JMP_QUIRK_KEEPS_BLOCKS = 1 << 10,
  JMP_QUIRK_BOARD = 1 << 11,
} JmpQuirkFlags;

#define JMP_QUIRKS_MAX_BASES 2

/**
 * JmpQuirks:
 * @flags: what is different
 * @transfer_size: bytes to use instead of wTransferSize, or 0
 * @poll_timeout_ms: poll time-out to use instead of what the device says, or 0
 * @layout: the memory-layout string to use instead of the one that was looked up, or %NULL (static)
 * @bases: (array length=n_bases): of plain DFU: the addresses that the first byte of a file may have in
 *   the chip, where they are known
 * @n_bases: how many
 * @also_erases: of plain DFU: the address of a page that is erased with the first block, or 0
 * @refuses: of plain DFU: why the memory takes no file, or %NULL (static)
 * @erased: what the erased bytes of the memory read
 * @name: what the row of the table is called, or %NULL when it has no name, or none matched (static)
 */
typedef struct {
  JmpQuirkFlags flags;
  guint16 transfer_size;
  guint poll_timeout_ms;
  const char *layout;
  guint32 bases[JMP_QUIRKS_MAX_BASES];
  guint n_bases;
  guint32 also_erases;
  const char *refuses;
  JmpErased erased;
  const char *name;
} JmpQuirks;

/**
 * JmpQuirkKey:
 * @vid: idVendor
 * @pid: idProduct
 * @bcd_device: bcdDevice
 * @manufacturer: (nullable): string
 * @serial: (nullable): string
 * @layout: (nullable): the string of an alt setting: the first one's for what concerns the device,
 *   each one's for its own memory map
 *
 * What is known of a device when its quirks are looked up.
 */
typedef struct {
  guint16 vid;
  guint16 pid;
  guint16 bcd_device;
  const char *manufacturer;
  const char *serial;
  const char *layout;
} JmpQuirkKey;

JmpQuirks jmp_quirks_lookup (const JmpQuirkKey *key);

G_END_DECLS
