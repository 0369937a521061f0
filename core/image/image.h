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
#define JMP_IMAGE_MAX_SECTIONS 1000

/* An id that names no board: DFU files use 0xFFFF, and for the product also 0x0000. */
#define JMP_IMAGE_ID_ANY 0xFFFF

typedef enum {
  JMP_IMAGE_RAW,
  JMP_IMAGE_DFU,
  JMP_IMAGE_DFUSE,
  JMP_IMAGE_INTEL_HEX,
  JMP_IMAGE_SRECORD,
  JMP_IMAGE_ELF,
  JMP_IMAGE_UF2,
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

/**
 * JmpSection:
 * @address: where its bytes are flashed
 * @size: bytes, at least 1
 * @name: what the linker calls it (".isr_vector"), as valid UTF-8
 *
 * A named part of a program, for the memory map. Sections of a hostile file may overlap.
 */
typedef struct {
  guint32 address;
  guint32 size;
  char *name;
} JmpSection;

/**
 * JmpDfuPrefix:
 * @JMP_DFU_PREFIX_NONE: none
 * @JMP_DFU_PREFIX_LPC: 16 bytes for NXP's boot ROM
 * @JMP_DFU_PREFIX_TI: 8 bytes for TI's Stellaris boot loader
 *
 * What a plain DFU file may begin with (dfu-prefix of dfu-util).
 */
typedef enum {
  JMP_DFU_PREFIX_NONE,
  JMP_DFU_PREFIX_LPC,
  JMP_DFU_PREFIX_TI,
} JmpDfuPrefix;

/* Tag_CPU_arch of ARM's build attributes (ABI addenda, 3.3.5.2), as far as it matters for Cortex-M;
 * 0, which is older than these, stands for "not said". */
#define JMP_ARM_ARCH_V7       10
#define JMP_ARM_ARCH_V6_M     11
#define JMP_ARM_ARCH_V6S_M    12
#define JMP_ARM_ARCH_V7E_M    13
#define JMP_ARM_ARCH_V8M_BASE 16
#define JMP_ARM_ARCH_V8M_MAIN 17
#define JMP_ARM_ARCH_V81M     21

/**
 * JmpImageHints:
 * @has_entry: whether the file names a start address
 * @entry: it, with its Thumb bit where it has one
 * @cpu_arch: Tag_CPU_arch, or 0 when the file does not say
 * @hard_float: whether numbers are passed in registers of the FPU, so that there must be one
 * @has_family: whether the file names a UF2 family
 * @family: it
 * @prefix: what a plain DFU file begins with
 *
 * What a file says besides bytes and addresses.
 */
typedef struct {
  gboolean has_entry;
  guint32 entry;
  guint8 cpu_arch;
  gboolean hard_float;
  gboolean has_family;
  guint32 family;
  JmpDfuPrefix prefix;
} JmpImageHints;

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
const JmpImageHints *jmp_image_get_hints (JmpImage *self);
const JmpSection *jmp_image_get_sections (JmpImage *self, guint *n_sections);
const char *jmp_image_format_to_string (JmpImageFormat format);
gboolean jmp_image_format_has_addresses (JmpImageFormat format);
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
void jmp_image_builder_set_hints (JmpImageBuilder *self, const JmpImageHints *hints);
void jmp_image_builder_add_section (JmpImageBuilder *self,
                                    guint32 address,
                                    guint32 size,
                                    const char *name);
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
