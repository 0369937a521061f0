/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is known to be true about a firmware file that came from somewhere.
 *
 * First the file itself is judged (length, format, its own CRC, the board it names, the addresses it
 * fills), then its hash against who published one, or against what came from the same address before.
 * That memory is a folder with one record for each address; it survives the cache. Any thread, and any
 * number of programs at once. */

#pragma once

#include "dfu/info.h"
#include "image/reader.h"
#include "release/release.h"

G_BEGIN_DECLS

/**
 * JmpTrust:
 * @JMP_TRUST_PINNED: its hash is the one in the catalogue
 * @JMP_TRUST_PUBLISHED: its hash is the one that its source published
 * @JMP_TRUST_SEEN: it is the same as when it first came from there to this computer
 * @JMP_TRUST_UNPUBLISHED: nobody published a hash: there is the security of the connection, and the
 *   file's own CRC
 * @JMP_TRUST_LOCAL: a file of this computer
 *
 * The best that can be said, from strong to weak. A published hash protects against damage on the
 * way; not against somebody who can change the source as well.
 */
typedef enum {
  JMP_TRUST_PINNED,
  JMP_TRUST_PUBLISHED,
  JMP_TRUST_SEEN,
  JMP_TRUST_UNPUBLISHED,
  JMP_TRUST_LOCAL,
} JmpTrust;

typedef struct _JmpMemory JmpMemory;

JmpMemory *jmp_memory_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void jmp_memory_free (JmpMemory *self);
gboolean jmp_memory_note (JmpMemory *self, const char *url, GBytes *bytes, GError **error);
gboolean jmp_memory_find (JmpMemory *self, const char *url, char **sha256, gint64 *date);
void jmp_memory_forget (JmpMemory *self, const char *url);

JmpImage *jmp_trust_check_file (const JmpRelease *release,
                                GBytes *bytes,
                                const JmpReadOptions *options,
                                const JmpDfuInfo *board,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_trust_check_hash (
    const JmpRelease *release, GBytes *bytes, JmpMemory *memory, JmpTrust *out, GError **error);
gboolean jmp_trust_is_local (const char *url);
const char *jmp_trust_to_string (JmpTrust trust);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpMemory, jmp_memory_free)

G_END_DECLS
