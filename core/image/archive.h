/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A firmware file inside another: gzip (RFC 1952), or a ZIP archive (PKWARE, APPNOTE.TXT) with exactly
 * one firmware in it. What comes out is never more than %JMP_IMAGE_MAX_FILE, and nothing is
 * written to any folder. Any thread. */

#pragma once

#include "image/image.h"

G_BEGIN_DECLS

gboolean jmp_gzip_probe (GBytes *bytes);
GBytes *jmp_gzip_unpack (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_zip_probe (GBytes *bytes);
GBytes *jmp_zip_unpack (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
