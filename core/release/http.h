/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is known about web addresses and answers without asking anybody: which address may be used,
 * whether an answer is what was asked for, how long to wait before the next try.
 *
 * Pure. Used by the downloader, which is the one place that speaks HTTP. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest address, in bytes. */
#define JMP_HTTP_MAX_URL 2048
/* The longest list of releases, in bytes, wherever it comes from: room for that of a project that
 * publishes hundreds of files a release. */
#define JMP_HTTP_MAX_LIST (8u * 1024 * 1024)

/**
 * JmpHttpKind:
 * @JMP_HTTP_FIRMWARE: a firmware file
 * @JMP_HTTP_JSON: a list of releases as JSON
 * @JMP_HTTP_PAGE: a web page, which is searched for links
 *
 * What is asked for.
 */
typedef enum {
  JMP_HTTP_FIRMWARE,
  JMP_HTTP_JSON,
  JMP_HTTP_PAGE,
} JmpHttpKind;

gboolean jmp_http_check_url (const char *url, gboolean allow_plain, GError **error);
gboolean jmp_http_is_encrypted (const char *url);
char *jmp_http_get_host (const char *url) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_http_is_field (const char *value);
gboolean jmp_http_is_strong (const char *etag);
gboolean jmp_http_type_fits (JmpHttpKind kind, const char *content_type);
gboolean jmp_http_is_page (const guint8 *data, gsize size);
gboolean jmp_http_parse_range (const char *content_range, guint64 *first, guint64 *total);
gboolean jmp_http_is_passing (long status);
guint jmp_http_pause (guint attempt, guint first_ms, guint longest_ms);

G_END_DECLS
