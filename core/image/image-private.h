/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The inside of an image, for image.c and image-builder.c alone. */

#pragma once

#include "image/image.h"

G_BEGIN_DECLS

/* @targets: of JmpImageTarget, by alt setting; @warnings: NULL-terminated once finished. */
struct _JmpImage {
  JmpImageFormat format;
  JmpCrcState crc;
  guint16 vid;
  guint16 pid;
  guint16 bcd_device;
  GArray *targets;
  guint64 size;
  char **warnings;
};

JmpImage *jmp_image_new_empty (JmpImageFormat format) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
