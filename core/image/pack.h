/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Several inputs made one image, and one image made several files.
 *
 * A packer takes firmware and bytes at addresses, for any alt settings, refuses what overlaps, and
 * pads for the flash. Unpacking is the other way. One thread. */

#pragma once

#include "image/image.h"

G_BEGIN_DECLS

/* The largest unit that an STM32 programs at once (H7: 256 bits). No sector ends inside one. */
#define JMP_PACK_UNIT 32

typedef struct _JmpPacker JmpPacker;

JmpPacker *jmp_packer_new (void) G_GNUC_WARN_UNUSED_RESULT;
void jmp_packer_free (JmpPacker *self);
void jmp_packer_set_ids (JmpPacker *self, guint16 vid, guint16 pid, guint16 bcd_device);
gboolean jmp_packer_add_image (JmpPacker *self, JmpImage *image, const char *name, GError **error);
gboolean jmp_packer_add_bytes (
    JmpPacker *self, GBytes *bytes, guint8 alt, guint32 address, const char *name, GError **error);
JmpImage *jmp_packer_end (JmpPacker *packer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * JmpUnpacked:
 * @name: a file name without folder: "STEM-alt0-08000000.bin"
 * @alt: alt setting
 * @segment: (not owned): what is in it; lives as long as the image
 */
typedef struct {
  char *name;
  guint8 alt;
  const JmpSegment *segment;
} JmpUnpacked;

GArray *jmp_unpack (JmpImage *image, const char *stem) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpPacker, jmp_packer_free)

G_END_DECLS
