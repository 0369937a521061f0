/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The inside of an image, for image.c and image-builder.c alone; and two rules that readers need too:
 * how names are made fit to be shown, and where a stack may begin. */

#pragma once

#include "image/image.h"

G_BEGIN_DECLS

/* @targets: of JmpImageTarget, by alt setting; @sections: of JmpSection; @warnings: NULL-terminated
 * once finished. */
struct _JmpImage {
  JmpImageFormat format;
  JmpCrcState crc;
  guint16 vid;
  guint16 pid;
  guint16 bcd_device;
  GArray *targets;
  JmpImageHints hints;
  GArray *sections;
  guint64 size;
  char **warnings;
};

char *jmp_make_printable (const char *text, gssize length) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_stack_is_plausible (guint32 stack);
JmpImage *jmp_image_new_empty (JmpImageFormat format) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
