/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A release: one firmware file that can be had somewhere, and what its publisher says about it.
 *
 * An immutable, ref-counted value, whatever kind of source it came from. Borrow the members; do not
 * change them. Everything in it has been checked: the file name is one plain name, the address is one
 * that its source may use, the hash is a hash. Any thread. */

#pragma once

#include "board/source.h"

G_BEGIN_DECLS

/* The longest notes that are kept; longer ones are cut, at a whole character. */
#define JMP_RELEASE_MAX_NOTES (64u * 1024)
/* The longest version, variant or board id, in bytes. */
#define JMP_RELEASE_MAX_WORD 64

/**
 * JmpChannel:
 * @JMP_CHANNEL_STABLE: meant for everyone
 * @JMP_CHANNEL_PREVIEW: made on the way to the next one
 */
typedef enum {
  JMP_CHANNEL_STABLE,
  JMP_CHANNEL_PREVIEW,
} JmpChannel;

/**
 * JmpHashSource:
 * @JMP_HASH_NONE: no hash is known
 * @JMP_HASH_FEED: the source that lists the file published it
 * @JMP_HASH_PINNED: the catalogue has it
 */
typedef enum {
  JMP_HASH_NONE,
  JMP_HASH_FEED,
  JMP_HASH_PINNED,
} JmpHashSource;

/**
 * JmpReleaseFormat:
 * @JMP_RELEASE_DFU: a .dfu file
 * @JMP_RELEASE_HEX: Intel HEX
 * @JMP_RELEASE_BIN: bytes without an address
 *
 * What the file name promises; what the file is, its bytes say.
 */
typedef enum {
  JMP_RELEASE_DFU,
  JMP_RELEASE_HEX,
  JMP_RELEASE_BIN,
} JmpReleaseFormat;

/**
 * JmpRelease:
 * @feed: id of the #JmpSource it came from
 * @board_id: (nullable): the catalogue's id of the board it is for, in the catalogue's spelling; %NULL
 *   when not known
 * @variant: (nullable): which build; %NULL is the standard one
 * @version: such as "1.29.0" or "1.30.0-preview.12.gabcdef0123"
 * @channel: stable or preview
 * @date: (nullable): the day of the release, YYYYMMDD
 * @url: where it is; https, or what a personal source allows
 * @file_name: one plain name, without folders
 * @format: what the name promises
 * @listed: whether the source has it; %FALSE when the address follows from a rule, so that a 404
 *   means "not built for this board"
 * @size: bytes, or 0 when not known
 * @sha256: (nullable): 64 hexadecimal digits in lower case
 * @hash_source: who says so
 * @notes: (nullable): what is new, as the publisher wrote it: plain text or Markdown
 * @notes_url: (nullable): a web page with the notes
 */
typedef struct {
  char *feed;
  char *board_id;
  char *variant;
  char *version;
  JmpChannel channel;
  char *date;
  char *url;
  char *file_name;
  JmpReleaseFormat format;
  gboolean listed;
  guint64 size;
  char *sha256;
  JmpHashSource hash_source;
  char *notes;
  char *notes_url;
} JmpRelease;

JmpRelease *jmp_release_new (const JmpSource *source,
                             const JmpRelease *values,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpRelease *jmp_release_ref (JmpRelease *self);
void jmp_release_unref (JmpRelease *self);
int jmp_release_compare (const JmpRelease *a, const JmpRelease *b);
void jmp_releases_sort (GPtrArray *releases);
void jmp_releases_merge (GPtrArray *releases, GPtrArray *more);
gboolean jmp_release_name_is_safe (const char *name);
gboolean jmp_release_format_from_name (const char *name, JmpReleaseFormat *out);
const char *jmp_channel_to_string (JmpChannel channel);
const char *jmp_hash_source_to_string (JmpHashSource source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpRelease, jmp_release_unref)

G_END_DECLS
