/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The memory map of one alt setting, from its DfuSe interface string (UM0424, "DfuSe interface
 * string"): which sectors there are, where, how large, and what may be done with them.
 *
 * An immutable, ref-counted value. Sectors stand in runs of equal size, in the order in which the
 * string gives them; nothing assumes ascending addresses, contiguity or powers of two. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JmpAccess:
 * @JMP_ACCESS_READ: may be read
 * @JMP_ACCESS_ERASE: may be erased by sector
 * @JMP_ACCESS_WRITE: may be written
 *
 * The bits of the type letter: a R, b E, c RE, d W, e RW, f EW, g REW.
 */
typedef enum {
  JMP_ACCESS_READ = 1 << 0,
  JMP_ACCESS_ERASE = 1 << 1,
  JMP_ACCESS_WRITE = 1 << 2,
} JmpAccess;

/**
 * JmpSectorRun:
 * @address: address of the first sector
 * @size: bytes of each sector, never 0
 * @count: number of sectors, never 0
 * @access: what may be done with each
 *
 * Sectors of one size and one access, one behind the other. They end at or below 4 GiB.
 */
typedef struct {
  guint32 address;
  guint32 size;
  guint32 count;
  JmpAccess access;
} JmpSectorRun;

/**
 * JmpSector:
 * @index: which sector of its layout, from 0
 * @address: its first byte
 * @size: its bytes
 * @access: what may be done with it
 */
typedef struct {
  guint index;
  guint32 address;
  guint32 size;
  JmpAccess access;
} JmpSector;

typedef struct _JmpLayout JmpLayout;

JmpLayout *jmp_layout_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpLayout *jmp_layout_new (const char *name,
                           const JmpSectorRun *runs,
                           guint n_runs) G_GNUC_WARN_UNUSED_RESULT;
JmpLayout *jmp_layout_ref (JmpLayout *self);
void jmp_layout_unref (JmpLayout *self);

const char *jmp_layout_get_name (JmpLayout *self);
const JmpSectorRun *jmp_layout_get_runs (JmpLayout *self, guint *n_runs);
guint jmp_layout_get_n_sectors (JmpLayout *self);
gboolean jmp_layout_get_sector (JmpLayout *self, guint index, JmpSector *out);
gboolean jmp_layout_find (JmpLayout *self, guint32 address, JmpSector *out);
guint64 jmp_layout_get_size (JmpLayout *self);
gboolean jmp_layout_allows (
    JmpLayout *self, guint32 address, guint64 length, JmpAccess access, guint32 *where);
char *jmp_layout_to_string (JmpLayout *self) G_GNUC_WARN_UNUSED_RESULT;
guint64 jmp_sector_end (const JmpSector *sector);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpLayout, jmp_layout_unref)

G_END_DECLS
