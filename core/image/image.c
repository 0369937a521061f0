/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/image-private.h"

#include "base/bytes.h"

static void
target_clear (gpointer data)
{
  JmpImageTarget *self = data;

  for (guint i = 0; i < self->n_segments; i++)
    g_bytes_unref (self->segments[i].bytes);
  g_free (self->segments);
  g_free (self->name);
}

static void
section_clear (gpointer data)
{
  JmpSection *self = data;

  g_free (self->name);
}

/* The empty image that a builder fills; no one else sees one. */
JmpImage *
jmp_image_new_empty (JmpImageFormat format)
{
  JmpImage *self = g_atomic_rc_box_new0 (JmpImage);

  self->format = format;
  self->crc = JMP_CRC_NONE;
  self->vid = JMP_IMAGE_ID_ANY;
  self->pid = JMP_IMAGE_ID_ANY;
  self->bcd_device = JMP_IMAGE_ID_ANY;
  self->targets = g_array_new (FALSE, FALSE, sizeof (JmpImageTarget));
  g_array_set_clear_func (self->targets, target_clear);
  self->sections = g_array_new (FALSE, FALSE, sizeof (JmpSection));
  g_array_set_clear_func (self->sections, section_clear);
  return self;
}

static void
image_clear (gpointer data)
{
  JmpImage *self = data;

  g_array_unref (self->targets);
  g_array_unref (self->sections);
  g_strfreev (self->warnings);
}

/**
 * jmp_image_ref:
 * @self: an image
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
JmpImage *
jmp_image_ref (JmpImage *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_image_unref:
 * @self: (transfer full): an image
 *
 * Gives a reference back.
 */
void
jmp_image_unref (JmpImage *self)
{
  g_atomic_rc_box_release_full (self, image_clear);
}

/**
 * jmp_image_get_format:
 * @self: an image
 *
 * Returns: the format of the file that the image came from
 */
JmpImageFormat
jmp_image_get_format (JmpImage *self)
{
  return self->format;
}

/**
 * jmp_image_get_crc:
 * @self: an image
 *
 * Returns: whether the file's check sum was right, or that it has none
 */
JmpCrcState
jmp_image_get_crc (JmpImage *self)
{
  return self->crc;
}

/**
 * jmp_image_get_vid:
 * @self: an image
 *
 * Returns: idVendor as the file has it; %JMP_IMAGE_ID_ANY when it names none
 */
guint16
jmp_image_get_vid (JmpImage *self)
{
  return self->vid;
}

/**
 * jmp_image_get_pid:
 * @self: an image
 *
 * Returns: idProduct as the file has it; %JMP_IMAGE_ID_ANY or 0 when it names none
 */
guint16
jmp_image_get_pid (JmpImage *self)
{
  return self->pid;
}

/**
 * jmp_image_get_bcd_device:
 * @self: an image
 *
 * Returns: bcdDevice as the file has it; %JMP_IMAGE_ID_ANY when it names none
 */
guint16
jmp_image_get_bcd_device (JmpImage *self)
{
  return self->bcd_device;
}

static gboolean
vid_is_any (guint16 vid)
{
  return vid == JMP_IMAGE_ID_ANY;
}

/* ST's own file manager writes product 0 where it means any. */
static gboolean
pid_is_any (guint16 pid)
{
  return pid == JMP_IMAGE_ID_ANY || pid == 0;
}

/**
 * jmp_image_names_board:
 * @self: an image
 *
 * Whether the file says by vendor and product which board it is for.
 *
 * Returns: %FALSE when either is left open
 */
gboolean
jmp_image_names_board (JmpImage *self)
{
  return !vid_is_any (self->vid) && !pid_is_any (self->pid);
}

/**
 * jmp_image_is_for:
 * @self: an image
 * @vid: idVendor of a board
 * @pid: idProduct of a board
 *
 * Whether the file's ids allow that board. A vendor 0xFFFF is any board; a product 0xFFFF or 0x0000
 * is any board of the vendor (DFU 1.1, appendix B; the zero is what ST's tools write).
 *
 * Returns: %FALSE when the file was made for another board
 */
gboolean
jmp_image_is_for (JmpImage *self, guint16 vid, guint16 pid)
{
  if (vid_is_any (self->vid))
    return TRUE;
  return self->vid == vid && (pid_is_any (self->pid) || self->pid == pid);
}

/**
 * jmp_image_get_warnings:
 * @self: an image
 *
 * What was odd about the file, though it could be read.
 *
 * Returns: (transfer none) (array zero-terminated=1): lines of text, perhaps none
 */
const char *const *
jmp_image_get_warnings (JmpImage *self)
{
  return (const char *const *)self->warnings;
}

/**
 * jmp_image_get_n_targets:
 * @self: an image
 *
 * Returns: how many targets there are, 1 to %JMP_IMAGE_MAX_TARGETS
 */
guint
jmp_image_get_n_targets (JmpImage *self)
{
  return self->targets->len;
}

/**
 * jmp_image_get_target:
 * @self: an image
 * @index: which, from 0, below jmp_image_get_n_targets()
 *
 * Returns: (transfer none): the target; they stand in the order of their alt settings
 */
const JmpImageTarget *
jmp_image_get_target (JmpImage *self, guint index)
{
  g_return_val_if_fail (index < self->targets->len, NULL);
  return &g_array_index (self->targets, JmpImageTarget, index);
}

/**
 * jmp_image_find_target:
 * @self: an image
 * @alt: alt setting
 *
 * Returns: (transfer none) (nullable): the target of that alt setting
 */
const JmpImageTarget *
jmp_image_find_target (JmpImage *self, guint8 alt)
{
  for (guint i = 0; i < self->targets->len; i++) {
    const JmpImageTarget *target = &g_array_index (self->targets, JmpImageTarget, i);

    if (target->alt == alt)
      return target;
  }
  return NULL;
}

/**
 * jmp_image_get_size:
 * @self: an image
 *
 * Returns: bytes of all segments of all targets
 */
guint64
jmp_image_get_size (JmpImage *self)
{
  return self->size;
}

/**
 * jmp_image_get_hints:
 * @self: an image
 *
 * What the file says besides bytes and addresses; believed by nobody, compared with what is known.
 *
 * Returns: (transfer none): hints, all of them unset where the file says nothing
 */
const JmpImageHints *
jmp_image_get_hints (JmpImage *self)
{
  return &self->hints;
}

/**
 * jmp_image_get_sections:
 * @self: an image
 * @n_sections: (out): how many
 *
 * Returns: (transfer none) (array length=n_sections): the named parts of the program, in the order of
 *   the file; none for a format that has no names
 */
const JmpSection *
jmp_image_get_sections (JmpImage *self, guint *n_sections)
{
  *n_sections = self->sections->len;
  return (const JmpSection *)(gpointer)self->sections->data;
}

/**
 * jmp_image_format_to_string:
 * @format: a format
 *
 * The stable word for @format, as it stands in the command's JSON.
 *
 * Returns: (transfer none): a static string
 */
const char *
jmp_image_format_to_string (JmpImageFormat format)
{
  switch (format) {
  case JMP_IMAGE_RAW:
    return "raw";
  case JMP_IMAGE_DFU:
    return "dfu";
  case JMP_IMAGE_DFUSE:
    return "dfuse";
  case JMP_IMAGE_INTEL_HEX:
    return "hex";
  case JMP_IMAGE_SRECORD:
    return "srecord";
  case JMP_IMAGE_ELF:
    return "elf";
  case JMP_IMAGE_UF2:
    return "uf2";
  }
  return "raw";
}

/**
 * jmp_image_format_has_addresses:
 * @format: a format
 *
 * Returns: whether files of @format say themselves where their bytes belong
 */
gboolean
jmp_image_format_has_addresses (JmpImageFormat format)
{
  return format != JMP_IMAGE_RAW && format != JMP_IMAGE_DFU;
}

/**
 * jmp_crc_state_to_string:
 * @state: what is known of a check sum
 *
 * The stable word for @state, as it stands in the command's JSON.
 *
 * Returns: (transfer none): a static string
 */
const char *
jmp_crc_state_to_string (JmpCrcState state)
{
  switch (state) {
  case JMP_CRC_NONE:
    return "none";
  case JMP_CRC_OK:
    return "ok";
  case JMP_CRC_BAD:
    return "bad";
  }
  return "none";
}

static gboolean
target_has_address (const JmpImageTarget *target, guint32 address)
{
  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    if (address >= segment->address
        && address - segment->address < g_bytes_get_size (segment->bytes))
      return TRUE;
  }
  return FALSE;
}

/* A stack begins at the end of a RAM, which is where the next region begins: so the ends count and
 * the starts do not. The regions are ARM's (ARMv7-M, B3.1: SRAM), and ST's core-coupled RAM. */
gboolean
jmp_stack_is_plausible (guint32 stack)
{
  gboolean in_sram = stack > 0x20000000 && stack <= 0x40000000;
  gboolean in_ccm = stack > 0x10000000 && stack <= 0x10080000;

  return (in_sram || in_ccm) && (stack & 3) == 0;
}

/**
 * jmp_image_find_vector_table:
 * @self: an image
 * @out: (out caller-allocates): the table's first words
 *
 * Finds the program's start: the lowest segment of alt setting 0 that begins with a stack pointer in
 * RAM, and a Thumb address in the image (ARMv7-M, B1.5.3). The reset handler may lie in another
 * segment than the table, as in MicroPython for the F405.
 *
 * Returns: %FALSE when no segment begins so
 */
gboolean
jmp_image_find_vector_table (JmpImage *self, JmpVectorTable *out)
{
  const JmpImageTarget *target = jmp_image_find_target (self, 0);

  for (guint i = 0; target != NULL && i < target->n_segments; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);
    JmpVectorTable table = { .address = target->segments[i].address };

    if (size < 8)
      continue;
    table.stack = jmp_get_u32 (data);
    table.reset = jmp_get_u32 (data + 4);
    if (jmp_stack_is_plausible (table.stack) && (table.reset & 1) != 0
        && target_has_address (target, table.reset & ~1u)) {
      *out = table;
      return TRUE;
    }
  }
  return FALSE;
}
