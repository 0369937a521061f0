/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/pack.h"

#include "base/error.h"

#include <string.h>

/* The internal flash of STM32 (AN2606): what is padded. Other memories (option bytes, OTP, EEPROM,
 * an external flash) take single bytes, or must not be given more than was meant. */
#define FLASH_START 0x08000000u
#define FLASH_END   0x0FFFFFFFu

/* @name: where the bytes came from, for messages. */
typedef struct {
  guint8 alt;
  guint32 address;
  GBytes *bytes;
  char *name;
} Piece;

/* @names: of targets, by alt setting; @has_ids: whether some input, or the caller, named a board. */
struct _JmpPacker {
  GArray *pieces;
  char *names[256];
  gboolean ids_given;
  gboolean has_ids;
  guint16 vid;
  guint16 pid;
  guint16 bcd_device;
  char *ids_from;
};

static void
piece_clear (gpointer data)
{
  Piece *self = data;

  g_bytes_unref (self->bytes);
  g_free (self->name);
}

/**
 * jmp_packer_new:
 *
 * Begins an image that is for any board.
 *
 * Returns: (transfer full): a packer; finish it with jmp_packer_end()
 */
JmpPacker *
jmp_packer_new (void)
{
  JmpPacker *self = g_new0 (JmpPacker, 1);

  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  self->vid = JMP_IMAGE_ID_ANY;
  self->pid = JMP_IMAGE_ID_ANY;
  self->bcd_device = JMP_IMAGE_ID_ANY;
  return self;
}

/**
 * jmp_packer_free:
 * @self: (transfer full) (nullable): a packer
 *
 * Gives up an image that is not finished.
 */
void
jmp_packer_free (JmpPacker *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->pieces);
  for (guint alt = 0; alt < G_N_ELEMENTS (self->names); alt++)
    g_free (self->names[alt]);
  g_free (self->ids_from);
  g_free (self);
}

/**
 * jmp_packer_set_ids:
 * @self: a packer
 * @vid: idVendor, or %JMP_IMAGE_ID_ANY
 * @pid: idProduct, or %JMP_IMAGE_ID_ANY
 * @bcd_device: bcdDevice, or %JMP_IMAGE_ID_ANY
 *
 * Says which board the image is for; the ids of inputs then do not count.
 */
void
jmp_packer_set_ids (JmpPacker *self, guint16 vid, guint16 pid, guint16 bcd_device)
{
  self->ids_given = TRUE;
  self->vid = vid;
  self->pid = pid;
  self->bcd_device = bcd_device;
}

static gboolean
take_ids (JmpPacker *self, JmpImage *image, const char *name, GError **error)
{
  if (self->ids_given || !jmp_image_names_board (image))
    return TRUE;
  if (self->has_ids
      && (jmp_image_get_vid (image) != self->vid || jmp_image_get_pid (image) != self->pid)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_MISMATCH,
                 "%s is for %04x:%04x, and %s for %04x:%04x",
                 self->ids_from,
                 self->vid,
                 self->pid,
                 name,
                 jmp_image_get_vid (image),
                 jmp_image_get_pid (image));
    return FALSE;
  }
  if (self->has_ids)
    return TRUE;
  self->has_ids = TRUE;
  self->vid = jmp_image_get_vid (image);
  self->pid = jmp_image_get_pid (image);
  self->bcd_device = jmp_image_get_bcd_device (image);
  self->ids_from = g_strdup (name);
  return TRUE;
}

/**
 * jmp_packer_add_bytes:
 * @self: a packer
 * @bytes: at least one byte
 * @alt: alt setting
 * @address: where the first belongs
 * @name: where they came from, for messages
 * @error: return location
 *
 * Adds bytes. Whether they overlap others is found in jmp_packer_end().
 *
 * Returns: %FALSE with %JMP_ERROR_INVALID_FILE when there are no bytes, they pass 4 GiB, or there are
 *   too many pieces
 */
gboolean
jmp_packer_add_bytes (
    JmpPacker *self, GBytes *bytes, guint8 alt, guint32 address, const char *name, GError **error)
{
  gsize size = g_bytes_get_size (bytes);
  Piece piece = { .alt = alt, .address = address };

  if (size == 0 || size - 1 > G_MAXUINT32 - address
      || self->pieces->len >= JMP_IMAGE_MAX_SEGMENTS) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 size == 0                          ? "%s: it is empty"
                 : size - 1 > G_MAXUINT32 - address ? "%s: its bytes pass 4 GiB"
                                                    : "%s: too many segments",
                 name);
    return FALSE;
  }
  piece.bytes = g_bytes_ref (bytes);
  piece.name = g_strdup (name);
  g_array_append_val (self->pieces, piece);
  return TRUE;
}

/**
 * jmp_packer_add_image:
 * @self: a packer
 * @image: firmware; all of its targets are added
 * @name: where it came from, for messages
 * @error: return location
 *
 * Adds firmware. Where the ids were not set, those of the first image that has some count.
 *
 * Returns: %FALSE with %JMP_ERROR_MISMATCH when inputs are for different boards, or as
 *   jmp_packer_add_bytes()
 */
gboolean
jmp_packer_add_image (JmpPacker *self, JmpImage *image, const char *name, GError **error)
{
  if (!take_ids (self, image, name, error))
    return FALSE;
  for (guint t = 0; t < jmp_image_get_n_targets (image); t++) {
    const JmpImageTarget *target = jmp_image_get_target (image, t);

    if (target->name != NULL && self->names[target->alt] == NULL)
      self->names[target->alt] = g_strdup (target->name);
    for (guint i = 0; i < target->n_segments; i++)
      if (!jmp_packer_add_bytes (self,
                                 target->segments[i].bytes,
                                 target->alt,
                                 target->segments[i].address,
                                 name,
                                 error))
        return FALSE;
  }
  return TRUE;
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *pa = a;
  const Piece *pb = b;

  if (pa->alt != pb->alt)
    return pa->alt < pb->alt ? -1 : 1;
  return pa->address < pb->address ? -1 : pa->address > pb->address;
}

static const Piece *
get_piece (JmpPacker *self, guint index)
{
  return &g_array_index (self->pieces, Piece, index);
}

static guint64
piece_end (const Piece *piece)
{
  return (guint64)piece->address + g_bytes_get_size (piece->bytes);
}

static gboolean
check_overlap (JmpPacker *self, GError **error)
{
  for (guint i = 1; i < self->pieces->len; i++) {
    const Piece *low = get_piece (self, i - 1);
    const Piece *high = get_piece (self, i);

    if (low->alt == high->alt && piece_end (low) > high->address) {
      guint64 last = MIN (piece_end (low), piece_end (high)) - 1;

      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_INVALID_FILE,
                   "%s and %s overlap: both have bytes for 0x%08X-0x%08X of alt setting %u",
                   low->name,
                   high->name,
                   high->address,
                   (guint)last,
                   low->alt);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
is_flash (const Piece *piece)
{
  return piece->alt == 0 && piece->address >= FLASH_START && piece_end (piece) - 1 <= FLASH_END;
}

static guint64
unit_start (guint64 address)
{
  return address - address % JMP_PACK_UNIT;
}

static guint64
unit_end (guint64 end)
{
  return unit_start (end + JMP_PACK_UNIT - 1);
}

static void
append_blank (GByteArray *bytes, guint64 count)
{
  guint8 blank[JMP_PACK_UNIT];

  memset (blank, 0xFF, sizeof blank);
  g_byte_array_append (bytes, blank, (guint)count);
}

static void
append_piece (GByteArray *bytes, const Piece *piece)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (piece->bytes, &size);

  g_byte_array_append (bytes, data, (guint)size);
}

/* Whether @next, the piece behind @end, shares a program unit with it: then one segment has both. */
static gboolean
shares_unit (const Piece *first, guint64 end, const Piece *next)
{
  return next->alt == first->alt && is_flash (next) && unit_start (next->address) < unit_end (end);
}

/* Makes whole program units of a run of pieces in the flash; returns the piece behind the run. */
static guint
add_flash (JmpPacker *self, guint index, JmpImageBuilder *builder, gboolean *ok, GError **error)
{
  const Piece *first = get_piece (self, index);
  guint64 start = unit_start (first->address);
  guint64 end = start;
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GBytes) segment = NULL;
  guint next = index;

  do {
    const Piece *piece = get_piece (self, next);

    append_blank (bytes, piece->address - end);
    append_piece (bytes, piece);
    end = piece_end (piece);
    next++;
  } while (next < self->pieces->len && shares_unit (first, end, get_piece (self, next)));
  append_blank (bytes, unit_end (end) - end);
  segment = g_byte_array_free_to_bytes (bytes);
  *ok = jmp_image_builder_add (builder, first->alt, start, segment, error);
  return next;
}

static gboolean
add_pieces (JmpPacker *self, JmpImageBuilder *builder, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < self->pieces->len;) {
    const Piece *piece = get_piece (self, i);

    if (is_flash (piece)) {
      i = add_flash (self, i, builder, &ok, error);
    } else {
      ok = jmp_image_builder_add (builder, piece->alt, piece->address, piece->bytes, error);
      i++;
    }
  }
  return ok;
}

/**
 * jmp_packer_end:
 * @packer: (transfer full): a packer
 * @error: return location
 *
 * Makes one image of what was added. In the internal flash (alt setting 0) segments are made whole
 * program units of %JMP_PACK_UNIT bytes with 0xFF, which is what erased flash has, and pieces that
 * share one become one segment; no sector of an STM32 begins or ends inside such a unit. Other gaps
 * stay gaps, other memories get just their bytes.
 *
 * Returns: (transfer full): the image, as %JMP_IMAGE_DFUSE, or %NULL with %JMP_ERROR_INVALID_FILE when
 *   pieces overlap (both are named) or there are none
 */
JmpImage *
jmp_packer_end (JmpPacker *packer, GError **error)
{
  g_autoptr (JmpPacker) self = packer;
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);

  g_array_sort (self->pieces, compare_pieces);
  if (!check_overlap (self, error))
    return NULL;
  jmp_image_builder_set_ids (builder, self->vid, self->pid, self->bcd_device);
  for (guint alt = 0; alt < G_N_ELEMENTS (self->names); alt++)
    if (self->names[alt] != NULL)
      jmp_image_builder_name_target (builder, (guint8)alt, self->names[alt]);
  if (!add_pieces (self, builder, error))
    return NULL;
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}

static void
unpacked_clear (gpointer data)
{
  JmpUnpacked *self = data;

  g_free (self->name);
}

/**
 * jmp_unpack:
 * @image: an image
 * @stem: what the names begin with; without a folder
 *
 * Says which files an image falls into: one for each segment of each target.
 *
 * Returns: (transfer full) (element-type JmpUnpacked): files by alt setting and address; they borrow
 *   from @image
 */
GArray *
jmp_unpack (JmpImage *image, const char *stem)
{
  GArray *files = g_array_new (FALSE, FALSE, sizeof (JmpUnpacked));

  g_array_set_clear_func (files, unpacked_clear);
  for (guint t = 0; t < jmp_image_get_n_targets (image); t++) {
    const JmpImageTarget *target = jmp_image_get_target (image, t);

    for (guint i = 0; i < target->n_segments; i++) {
      JmpUnpacked file = { .alt = target->alt, .segment = &target->segments[i] };

      file.name = g_strdup_printf ("%s-alt%u-%08X.bin", stem, target->alt, file.segment->address);
      g_array_append_val (files, file);
    }
  }
  return files;
}
