/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A place where releases are listed: its address and how to read what is there.
 *
 * An immutable, ref-counted value, out of the catalogue or out of the person's own list
 * (release/feeds-file.h). What is done with it: release/feed.h. Borrow the members; do not change
 * them. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest address, and the longest name of a file, in bytes. */
#define JMP_SOURCE_MAX_URL  2048
#define JMP_SOURCE_MAX_NAME 200

/**
 * JmpSourceKind:
 * @JMP_SOURCE_TEMPLATE: no list: file names follow from the catalogue's list of versions
 * @JMP_SOURCE_LINKS: the links of a web page
 * @JMP_SOURCE_GITHUB: the releases of a GitHub repository, as JSON
 * @JMP_SOURCE_FLIPPER: a directory.json of channels and versions with SHA-256
 * @JMP_SOURCE_ARDUINO: Arduino's index.json
 * @JMP_SOURCE_FOLDER: a folder of this computer
 */
typedef enum {
  JMP_SOURCE_TEMPLATE,
  JMP_SOURCE_LINKS,
  JMP_SOURCE_GITHUB,
  JMP_SOURCE_FLIPPER,
  JMP_SOURCE_ARDUINO,
  JMP_SOURCE_FOLDER,
} JmpSourceKind;

/**
 * JmpSource:
 * @id: a short name: letters, digits, "-", "_"
 * @kind: how to read it
 * @url: the address of the list, in which "{board}" stands for a board's id; for a template that of
 *   the file, with "{file}"; for a folder a file: URI
 * @file: (nullable): template only: "{board}{-variant}-{date}-v{version}.dfu"
 * @pattern: (nullable): the files that count, with "*" and "?" ("*-f7-full-*.dfu"); %NULL is all
 *   that a board could be updated with
 * @path: (nullable): links only: the folder that links must lead to, "/resources/firmware/"; %NULL is
 *   any folder of the same host
 * @board: (nullable): id of the board that all its files are for; %NULL when the name says it
 * @target: (nullable): Flipper only: the hardware's name in the list ("f7")
 * @notes: (nullable): the address of a release's notes, with "{version}"
 * @personal: whether the person added it
 * @allow_http: whether addresses without TLS are taken; only ever for a personal source
 */
typedef struct {
  char *id;
  JmpSourceKind kind;
  char *url;
  char *file;
  char *pattern;
  char *path;
  char *board;
  char *target;
  char *notes;
  gboolean personal;
  gboolean allow_http;
} JmpSource;

JmpSource *jmp_source_new (const JmpSource *values, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpSource *jmp_source_ref (JmpSource *self);
void jmp_source_unref (JmpSource *self);
gboolean jmp_source_allows_url (const JmpSource *self, const char *url);
const char *jmp_source_kind_to_string (JmpSourceKind kind);
gboolean jmp_source_kind_from_string (const char *text, JmpSourceKind *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpSource, jmp_source_unref)

G_END_DECLS
