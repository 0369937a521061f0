/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Firmware, whatever file it came from: bytes at addresses, by alt setting.
 *
 * #JmpImage is an immutable, ref-counted value. Its targets are sorted by alt setting, the segments
 * of each by address; no two segments of a target overlap, none is empty, none passes 4 GiB.
 * Addresses of different targets are different places. Built through #JmpImageBuilder, which is
 * where those rules are checked. Any thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Limits; a file past one is refused with %JMP_ERROR_INVALID_FILE. */
#define JMP_IMAGE_MAX_FILE     (64u * 1024 * 1024)
#define JMP_IMAGE_MAX_TARGETS  255
#define JMP_IMAGE_MAX_SEGMENTS 10000

/* An id that names no board: DFU files use 0xFFFF, and for the product also 0x0000. */
#define JMP_IMAGE_ID_ANY 0xFFFF

typedef enum {
  JMP_IMAGE_RAW,
  JMP_IMAGE_DFU,
  JMP_IMAGE_DFUSE,
} JmpImageFormat;

typedef enum {
  JMP_CRC_NONE,
  JMP_CRC_OK,
  JMP_CRC_BAD,
} JmpCrcState;

/**
 * JmpSegment:
 * @address: of its first byte
 * @bytes: what belongs there, at least one byte
 */
typedef struct {
  guint32 address;
  GBytes *bytes;
} JmpSegment;

/**
 * JmpImageTarget:
 * @alt: alt setting
 * @name: (nullable): what the file calls it, as valid UTF-8
 * @segments: (array length=n_segments): by address
 * @n_segments: how many, at least 1
 */
typedef struct {
  guint8 alt;
  char *name;
  JmpSegment *segments;
  guint n_segments;
} JmpImageTarget;

typedef struct _JmpImage JmpImage;
typedef struct _JmpImageBuilder JmpImageBuilder;

JmpImage *jmp_image_ref (JmpImage *self);
void jmp_image_unref (JmpImage *self);
JmpImageFormat jmp_image_get_format (JmpImage *self);
JmpCrcState jmp_image_get_crc (JmpImage *self);
guint16 jmp_image_get_vid (JmpImage *self);
guint16 jmp_image_get_pid (JmpImage *self);
guint16 jmp_image_get_bcd_device (JmpImage *self);
gboolean jmp_image_names_board (JmpImage *self);
gboolean jmp_image_is_for (JmpImage *self, guint16 vid, guint16 pid);
const char *const *jmp_image_get_warnings (JmpImage *self);
guint jmp_image_get_n_targets (JmpImage *self);
const JmpImageTarget *jmp_image_get_target (JmpImage *self, guint index);
const JmpImageTarget *jmp_image_find_target (JmpImage *self, guint8 alt);
guint64 jmp_image_get_size (JmpImage *self);
const char *jmp_image_format_to_string (JmpImageFormat format);
const char *jmp_crc_state_to_string (JmpCrcState state);

JmpImageBuilder *jmp_image_builder_new (JmpImageFormat format) G_GNUC_WARN_UNUSED_RESULT;
void jmp_image_builder_free (JmpImageBuilder *self);
void jmp_image_builder_set_ids (JmpImageBuilder *self,
                                guint16 vid,
                                guint16 pid,
                                guint16 bcd_device);
void jmp_image_builder_set_crc (JmpImageBuilder *self, JmpCrcState crc);
void jmp_image_builder_warn (JmpImageBuilder *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void jmp_image_builder_name_target (JmpImageBuilder *self, guint8 alt, const char *name);
gboolean jmp_image_builder_add (
    JmpImageBuilder *self, guint8 alt, guint64 address, GBytes *bytes, GError **error);
JmpImage *jmp_image_builder_end (JmpImageBuilder *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * JmpVectorTable:
 * @address: where it stands
 * @stack: initial stack pointer
 * @reset: reset vector with its Thumb bit
 *
 * The first two words of a Cortex-M program.
 */
typedef struct {
  guint32 address;
  guint32 stack;
  guint32 reset;
} JmpVectorTable;

gboolean jmp_image_find_vector_table (JmpImage *self, JmpVectorTable *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpImage, jmp_image_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpImageBuilder, jmp_image_builder_free)

G_END_DECLS
