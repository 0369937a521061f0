/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The catalogue: the boards, versions and sources that the program knows without a network.
 *
 * An immutable, ref-counted value. The one that is compiled in is made by tools/make-catalogue from
 * data/catalogue/facts.json; the schema is described in data/catalogue/README.md. Read strictly: a
 * catalogue that is broken in one place is refused whole. Any thread. */

#pragma once

#include "board/board.h"
#include "board/source.h"

G_BEGIN_DECLS

/* The schema that is understood, and limits: a catalogue past one is refused. */
#define JMP_CATALOGUE_SCHEMA       1
#define JMP_CATALOGUE_MAX_SIZE     (4u * 1024 * 1024)
#define JMP_CATALOGUE_MAX_BOARDS   2000
#define JMP_CATALOGUE_MAX_VERSIONS 500
#define JMP_CATALOGUE_MAX_PINS     50000

/**
 * JmpStableVersion:
 * @version: such as "1.29.0"
 * @date: the day in its file names, such as "20260824"
 */
typedef struct {
  char *version;
  char *date;
} JmpStableVersion;

/**
 * JmpPin:
 * @size: bytes, or 0 when not known
 * @sha256: (nullable): 64 hexadecimal digits in lower case
 *
 * What a file is known to be, so that a download can be compared with it.
 */
typedef struct {
  guint64 size;
  char *sha256;
} JmpPin;

typedef struct _JmpCatalogue JmpCatalogue;

JmpCatalogue *jmp_catalogue_parse (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpCatalogue *jmp_catalogue_new_built_in (GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpCatalogue *jmp_catalogue_ref (JmpCatalogue *self);
void jmp_catalogue_unref (JmpCatalogue *self);

const char *jmp_catalogue_get_generated (JmpCatalogue *self);
GPtrArray *jmp_catalogue_get_boards (JmpCatalogue *self);
GPtrArray *jmp_catalogue_get_sources (JmpCatalogue *self);
GArray *jmp_catalogue_get_versions (JmpCatalogue *self);
const JmpPin *jmp_catalogue_find_pin (JmpCatalogue *self, const char *file_name);

JmpSource *jmp_catalogue_find_source (JmpCatalogue *self, const char *id);
JmpBoard *jmp_catalogue_find_board (JmpCatalogue *self, const char *name);
JmpBoard *jmp_catalogue_find_by_machine (JmpCatalogue *self, const char *machine);
JmpBoard *jmp_catalogue_find_by_build (JmpCatalogue *self, const char *build, char **variant);
GPtrArray *jmp_catalogue_find_by_dfu_id (JmpCatalogue *self,
                                         guint16 vid,
                                         guint16 pid) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *jmp_catalogue_find_by_normal_id (JmpCatalogue *self,
                                            guint16 vid,
                                            guint16 pid) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *jmp_catalogue_find_fitting (JmpCatalogue *self,
                                       const JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpCatalogue, jmp_catalogue_unref)

G_END_DECLS
