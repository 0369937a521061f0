/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/image-private.h"

#include "base/error.h"

/* A file can give cause for thousands of warnings; nobody reads more than these. */
#define MAX_WARNINGS 20

typedef struct {
  guint8 alt;
  JmpSegment segment;
} Piece;

struct _JmpImageBuilder {
  JmpImage *image;
  GArray *pieces;
  guint n_added;
  GPtrArray *warnings;
  guint n_unsaid;
  char *names[256];
};

static void
piece_clear (gpointer data)
{
  Piece *self = data;

  g_clear_pointer (&self->segment.bytes, g_bytes_unref);
}

/**
 * jmp_image_builder_new:
 * @format: the format that the bytes come from
 *
 * Begins an image that has no bytes, names no board and has no check sum.
 *
 * Returns: (transfer full): a builder; finish it with jmp_image_builder_end()
 */
JmpImageBuilder *
jmp_image_builder_new (JmpImageFormat format)
{
  JmpImageBuilder *self = g_new0 (JmpImageBuilder, 1);

  self->image = jmp_image_new_empty (format);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * jmp_image_builder_free:
 * @self: (transfer full) (nullable): a builder
 *
 * Gives up an image that is not finished.
 */
void
jmp_image_builder_free (JmpImageBuilder *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->image, jmp_image_unref);
  g_array_unref (self->pieces);
  g_ptr_array_unref (self->warnings);
  for (guint alt = 0; alt < G_N_ELEMENTS (self->names); alt++)
    g_free (self->names[alt]);
  g_free (self);
}

/**
 * jmp_image_builder_set_ids:
 * @self: a builder
 * @vid: idVendor, or %JMP_IMAGE_ID_ANY
 * @pid: idProduct, or %JMP_IMAGE_ID_ANY
 * @bcd_device: bcdDevice, or %JMP_IMAGE_ID_ANY
 *
 * Says which board the image is for, as a DFU suffix does (DFU 1.1, appendix B).
 */
void
jmp_image_builder_set_ids (JmpImageBuilder *self, guint16 vid, guint16 pid, guint16 bcd_device)
{
  self->image->vid = vid;
  self->image->pid = pid;
  self->image->bcd_device = bcd_device;
}

/**
 * jmp_image_builder_set_crc:
 * @self: a builder
 * @crc: what is known of the file's check sum
 *
 * Notes whether the file's check sum was right.
 */
void
jmp_image_builder_set_crc (JmpImageBuilder *self, JmpCrcState crc)
{
  self->image->crc = crc;
}

/**
 * jmp_image_builder_warn:
 * @self: a builder
 * @format: what is odd about the file, as for printf()
 * @...: arguments for @format
 *
 * Adds a warning; past the twentieth they are only counted.
 */
void
jmp_image_builder_warn (JmpImageBuilder *self, const char *format, ...)
{
  va_list args;

  if (self->warnings->len >= MAX_WARNINGS) {
    self->n_unsaid++;
    return;
  }
  va_start (args, format);
  g_ptr_array_add (self->warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Names reach terminals and labels: an escape sequence must not. @length may be -1 for up to NUL. */
char *
jmp_make_printable (const char *text, gssize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);
  GString *printable = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    g_string_append_unichar (printable, g_unichar_isprint (c) ? c : 0xFFFD);
  }
  return g_string_free (printable, FALSE);
}

/**
 * jmp_image_builder_name_target:
 * @self: a builder
 * @alt: alt setting
 * @name: what the file calls it; bytes that are not UTF-8 or cannot be shown are replaced
 *
 * Names a target. An empty name is none; of several names for one alt setting the first counts.
 */
void
jmp_image_builder_name_target (JmpImageBuilder *self, guint8 alt, const char *name)
{
  if (*name != '\0' && self->names[alt] == NULL)
    self->names[alt] = jmp_make_printable (name, -1);
}

/**
 * jmp_image_builder_set_hints:
 * @self: a builder
 * @hints: what the file says besides
 *
 * Notes what a file says besides bytes and addresses.
 */
void
jmp_image_builder_set_hints (JmpImageBuilder *self, const JmpImageHints *hints)
{
  self->image->hints = *hints;
}

/**
 * jmp_image_builder_add_section:
 * @self: a builder
 * @address: where its bytes are flashed
 * @size: bytes
 * @name: what the file calls it; bytes that are not UTF-8 or cannot be shown are replaced
 *
 * Notes a named part of the program. One without a name, without bytes, past 4 GiB, or past the
 * %JMP_IMAGE_MAX_SECTIONS that are kept, is passed over: sections are for show alone.
 */
void
jmp_image_builder_add_section (JmpImageBuilder *self,
                               guint32 address,
                               guint32 size,
                               const char *name)
{
  JmpSection section = { .address = address, .size = size };

  if (*name == '\0' || size == 0 || size - 1 > G_MAXUINT32 - address
      || self->image->sections->len >= JMP_IMAGE_MAX_SECTIONS)
    return;
  section.name = jmp_make_printable (name, -1);
  g_array_append_val (self->image->sections, section);
}

/**
 * jmp_image_builder_add:
 * @self: a builder
 * @alt: alt setting, 0 to 255
 * @address: of the first byte, below 4 GiB
 * @bytes: (transfer none): what belongs there; no bytes are skipped with a warning
 * @error: return location
 *
 * Adds a segment, in any order. Whether segments overlap is found in jmp_image_builder_end().
 *
 * Returns: %FALSE with %JMP_ERROR_INVALID_FILE when the segment passes 4 GiB, or there are too many
 */
gboolean
jmp_image_builder_add (
    JmpImageBuilder *self, guint8 alt, guint64 address, GBytes *bytes, GError **error)
{
  gsize size = g_bytes_get_size (bytes);
  Piece piece = { .alt = alt };

  if (++self->n_added > JMP_IMAGE_MAX_SEGMENTS) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "more than %u segments", JMP_IMAGE_MAX_SEGMENTS);
    return FALSE;
  }
  if (address > G_MAXUINT32 || size > (guint64)G_MAXUINT32 + 1 - address) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "alt %u: %zu bytes at 0x%08" G_GINT64_MODIFIER "X pass 4 GiB",
                 alt,
                 size,
                 address);
    return FALSE;
  }
  if (size == 0) {
    jmp_image_builder_warn (
        self, "alt %u: an element without bytes at 0x%08X is skipped", alt, (guint)address);
    return TRUE;
  }
  piece.segment.address = (guint32)address;
  piece.segment.bytes = g_bytes_ref (bytes);
  g_array_append_val (self->pieces, piece);
  return TRUE;
}

static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *pa = a;
  const Piece *pb = b;

  if (pa->alt != pb->alt)
    return pa->alt < pb->alt ? -1 : 1;
  if (pa->segment.address != pb->segment.address)
    return pa->segment.address < pb->segment.address ? -1 : 1;
  return 0;
}

static guint64
last_address (const JmpSegment *segment)
{
  return segment->address + (guint64)g_bytes_get_size (segment->bytes) - 1;
}

static gboolean
check_overlap (GArray *pieces, GError **error)
{
  for (guint i = 1; i < pieces->len; i++) {
    const Piece *low = &g_array_index (pieces, Piece, i - 1);
    const Piece *high = &g_array_index (pieces, Piece, i);

    if (low->alt == high->alt && last_address (&low->segment) >= high->segment.address) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_INVALID_FILE,
                   "alt %u: 0x%08X-0x%08X and 0x%08X-0x%08X overlap",
                   low->alt,
                   low->segment.address,
                   (guint)last_address (&low->segment),
                   high->segment.address,
                   (guint)last_address (&high->segment));
      return FALSE;
    }
  }
  return TRUE;
}

/* Takes the bytes of the pieces from @first on that have one alt setting. */
static void
add_target (JmpImageBuilder *self, guint first)
{
  guint8 alt = g_array_index (self->pieces, Piece, first).alt;
  JmpImageTarget target = { .alt = alt, .name = g_steal_pointer (&self->names[alt]) };
  guint end = first;

  while (end < self->pieces->len && g_array_index (self->pieces, Piece, end).alt == alt)
    end++;
  target.n_segments = end - first;
  target.segments = g_new0 (JmpSegment, target.n_segments);
  for (guint i = 0; i < target.n_segments; i++) {
    Piece *piece = &g_array_index (self->pieces, Piece, first + i);

    target.segments[i].address = piece->segment.address;
    target.segments[i].bytes = g_steal_pointer (&piece->segment.bytes);
    self->image->size += g_bytes_get_size (target.segments[i].bytes);
  }
  g_array_append_val (self->image->targets, target);
}

static char **
end_warnings (JmpImageBuilder *self)
{
  if (self->n_unsaid > 0)
    g_ptr_array_add (self->warnings, g_strdup_printf ("and %u more", self->n_unsaid));
  g_ptr_array_add (self->warnings, NULL);
  return (char **)g_ptr_array_steal (self->warnings, NULL);
}

/**
 * jmp_image_builder_end:
 * @builder: (transfer full): a builder
 * @error: return location
 *
 * Sorts what was added and checks the rules of #JmpImage.
 *
 * Returns: (transfer full): the image, or %NULL with %JMP_ERROR_INVALID_FILE when segments overlap,
 *   there are too many targets, or there are no bytes at all
 */
JmpImage *
jmp_image_builder_end (JmpImageBuilder *builder, GError **error)
{
  g_autoptr (JmpImageBuilder) self = builder;

  if (self->pieces->len == 0) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "there are no bytes to flash in it");
    return NULL;
  }
  g_array_sort (self->pieces, compare_pieces);
  if (!check_overlap (self->pieces, error))
    return NULL;
  for (guint i = 0; i < self->pieces->len;) {
    add_target (self, i);
    i += g_array_index (self->image->targets, JmpImageTarget, self->image->targets->len - 1)
             .n_segments;
  }
  if (self->image->targets->len > JMP_IMAGE_MAX_TARGETS) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "more than %u targets", JMP_IMAGE_MAX_TARGETS);
    return NULL;
  }
  self->image->warnings = end_warnings (self);
  return g_steal_pointer (&self->image);
}
