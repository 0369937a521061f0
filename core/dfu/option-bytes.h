/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Option bytes: the settings of an STM32 that outlive its program, and with them the protection of its
 * memory. What they say, for the families whose layout is known, and what must never be written.
 *
 * Decoding is pure; any thread. jmp_protection_read() asks a board, in the caller's thread. */

#pragma once

#include "dfu/dfu.h"

G_BEGIN_DECLS

/**
 * JmpReadProtection:
 * @JMP_RDP_UNKNOWN: not known
 * @JMP_RDP_LEVEL_0: none
 * @JMP_RDP_LEVEL_1: the memory cannot be read; removing the protection erases everything
 * @JMP_RDP_LEVEL_2: for ever: such a chip has no boot loader any more
 *
 * The level of read-out protection (RDP).
 */
typedef enum {
  JMP_RDP_UNKNOWN,
  JMP_RDP_LEVEL_0,
  JMP_RDP_LEVEL_1,
  JMP_RDP_LEVEL_2,
} JmpReadProtection;

/**
 * JmpOptionKind:
 * @JMP_OPTION_BOOT: where the chip starts
 * @JMP_OPTION_BROWN_OUT: at which voltage it is held in reset
 * @JMP_OPTION_WATCHDOG: whether a watchdog runs from the start, and when it pauses
 * @JMP_OPTION_RESET: whether sleeping resets it
 * @JMP_OPTION_OTHER: the rest
 *
 * What a setting is about.
 */
typedef enum {
  JMP_OPTION_BOOT,
  JMP_OPTION_BROWN_OUT,
  JMP_OPTION_WATCHDOG,
  JMP_OPTION_RESET,
  JMP_OPTION_OTHER,
} JmpOptionKind;

/**
 * JmpOption:
 * @name: what the reference manual calls it ("BOR_LEV"; static)
 * @kind: what it is about
 * @value: as it stands in the option bytes
 */
typedef struct {
  const char *name;
  JmpOptionKind kind;
  guint32 value;
} JmpOption;

/**
 * JmpOptionRange:
 * @address: first byte
 * @length: bytes, at least 1
 */
typedef struct {
  guint32 address;
  guint32 length;
} JmpOptionRange;

/**
 * JmpOptionBytes:
 * @family: whose layout it is ("STM32F2/F4"; static)
 * @level: the level of read protection
 * @options: (element-type JmpOption): the settings
 * @write_protected: (element-type JmpOptionRange): what can neither be erased nor written, by address
 *
 * What option bytes say: an immutable, ref-counted value.
 */
typedef struct {
  const char *family;
  JmpReadProtection level;
  GArray *options;
  GArray *write_protected;
} JmpOptionBytes;

/**
 * JmpProtectionState:
 * @JMP_PROTECTION_UNKNOWN: the board does not tell
 * @JMP_PROTECTION_OPEN: its memory can be read
 * @JMP_PROTECTION_READ: its boot loader refuses, because reading is protected
 */
typedef enum {
  JMP_PROTECTION_UNKNOWN,
  JMP_PROTECTION_OPEN,
  JMP_PROTECTION_READ,
} JmpProtectionState;

/**
 * JmpProtection:
 * @state: whether its memory can be read
 * @options: (nullable): its option bytes, where they can be read and their layout is known
 *
 * How a board is protected. Release with jmp_protection_clear().
 */
typedef struct {
  JmpProtectionState state;
  JmpOptionBytes *options;
} JmpProtection;

const JmpDfuAlt *jmp_option_bytes_find (const JmpDfuInfo *info);
JmpOptionBytes *jmp_option_bytes_decode (const JmpDfuInfo *info,
                                         GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;
JmpOptionBytes *jmp_option_bytes_ref (JmpOptionBytes *self);
void jmp_option_bytes_unref (JmpOptionBytes *self);
gboolean jmp_option_bytes_check_write (const JmpDfuInfo *info,
                                       guint32 address,
                                       GBytes *bytes,
                                       GError **error);

gboolean jmp_protection_read (JmpDfu *dfu,
                              JmpProtection *out,
                              GCancellable *cancellable,
                              GError **error);
void jmp_protection_clear (JmpProtection *self);
gboolean jmp_protection_is_removable (const JmpDfuInfo *info);
gboolean jmp_protection_check_command (JmpDfu *dfu, GError **error);
const char *jmp_protection_state_to_string (JmpProtectionState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpOptionBytes, jmp_option_bytes_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpProtection, jmp_protection_clear)

G_END_DECLS
