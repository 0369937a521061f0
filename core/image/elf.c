/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/elf.h"

#include "base/bytes.h"
#include "base/error.h"
#include "image/chunks-private.h"
#include "image/elf-private.h"

#include <string.h>

/* Names, sizes and offsets of the System V ABI, chapters 4 and 5. */
#define HEADER_SIZE            52
#define CLASS_32               1
#define DATA_LITTLE_ENDIAN     1
#define TYPE_EXECUTABLE        2
#define TYPE_SHARED            3
#define MACHINE_ARM            40
#define FLAG_ABI_FLOAT_HARD    0x400
#define SEGMENT_SIZE           32
#define SEGMENT_LOAD           1
#define SECTION_SIZE           40
#define SECTION_NOBITS         8
#define SECTION_ARM_ATTRIBUTES 0x70000003
#define SECTION_ALLOC          2
#define MAX_ENTRIES            10000
#define MAX_NAME               100

/* A row of the program header. */
typedef struct {
  guint32 offset;
  guint32 physical;
  guint32 file_size;
} Segment;

/* A row of the section header. */
typedef struct {
  guint32 name;
  guint32 type;
  guint32 flags;
  guint32 offset;
  guint32 size;
} Section;

/* @segments: of Segment, those that are loaded; @sections: of Section. */
typedef struct {
  const guint8 *data;
  gsize size;
  JmpImageBuilder *builder;
  JmpImageHints hints;
  GArray *segments;
  GArray *sections;
} Walk;

static void
walk_clear (Walk *self)
{
  g_array_unref (self->segments);
  g_array_unref (self->sections);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/**
 * jmp_elf_probe:
 * @bytes: a file
 *
 * Returns: whether it begins as an ELF file does
 */
gboolean
jmp_elf_probe (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= 4 && memcmp (data, "\177ELF", 4) == 0;
}

G_GNUC_PRINTF (2, 3)
static gboolean
fail (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (JMP_ERROR, JMP_ERROR_INVALID_FILE, format, args);
  va_end (args);
  return FALSE;
}

static gboolean
check_header (Walk *walk, GError **error)
{
  guint16 type;

  if (walk->size < HEADER_SIZE)
    return fail (error, "an ELF header has %d bytes, and it has %zu", HEADER_SIZE, walk->size);
  if (walk->data[4] != CLASS_32)
    return fail (error, "an ELF program of class %u, not of 32 bits", walk->data[4]);
  if (walk->data[5] != DATA_LITTLE_ENDIAN)
    return fail (error, "an ELF program that is not little-endian");
  if (jmp_get_u16 (walk->data + 18) != MACHINE_ARM)
    return fail (error,
                 "an ELF program for machine %u, not for ARM (%d)",
                 jmp_get_u16 (walk->data + 18),
                 MACHINE_ARM);
  type = jmp_get_u16 (walk->data + 16);
  if (type != TYPE_EXECUTABLE && type != TYPE_SHARED)
    return fail (error, "an ELF file of type %u, not a linked program", type);
  return TRUE;
}

/* Where a table of @count rows lies; %FALSE when it is not inside the file. */
static gboolean
find_table (Walk *walk, guint32 offset, guint count, gsize row, const guint8 **out)
{
  if (count > MAX_ENTRIES || offset > walk->size || count * row > walk->size - offset)
    return FALSE;
  *out = walk->data + offset;
  return TRUE;
}

/* No two segments of a program share bytes, so all together they cannot be more than the file; this
 * bounds what a hostile one can ask for. */
static gboolean
read_segments (Walk *walk, GError **error)
{
  guint count = jmp_get_u16 (walk->data + 44);
  guint row = jmp_get_u16 (walk->data + 42);
  guint64 total = 0;
  const guint8 *table = NULL;

  if (count > 0
      && (row != SEGMENT_SIZE
          || !find_table (walk, jmp_get_u32 (walk->data + 28), count, SEGMENT_SIZE, &table)))
    return fail (error,
                 "the program header at offset %u, %u rows of %u bytes, is not in the file",
                 jmp_get_u32 (walk->data + 28),
                 count,
                 row);
  for (guint i = 0; i < count; i++) {
    const guint8 *at = table + (gsize)i * SEGMENT_SIZE;
    const Segment segment = { jmp_get_u32 (at + 4), jmp_get_u32 (at + 12), jmp_get_u32 (at + 16) };

    if (jmp_get_u32 (at) != SEGMENT_LOAD || segment.file_size == 0)
      continue;
    if (segment.offset > walk->size || segment.file_size > walk->size - segment.offset)
      return fail (error,
                   "segment %u: %u bytes at offset %u are not in the file",
                   i,
                   segment.file_size,
                   segment.offset);
    total += segment.file_size;
    g_array_append_val (walk->segments, segment);
  }
  if (total > walk->size)
    return fail (error, "its segments have more bytes than the file");
  return TRUE;
}

/* The section header is for show: one that makes no sense is warned of, and left. */
static void
read_sections (Walk *walk)
{
  guint count = jmp_get_u16 (walk->data + 48);
  const guint8 *table = NULL;

  if (count == 0)
    return;
  if (jmp_get_u16 (walk->data + 46) != SECTION_SIZE
      || !find_table (walk, jmp_get_u32 (walk->data + 32), count, SECTION_SIZE, &table)) {
    jmp_image_builder_warn (walk->builder, "its section header is not in the file");
    return;
  }
  for (guint i = 0; i < count; i++) {
    const guint8 *at = table + (gsize)i * SECTION_SIZE;
    Section section = { jmp_get_u32 (at),
                        jmp_get_u32 (at + 4),
                        jmp_get_u32 (at + 8),
                        jmp_get_u32 (at + 16),
                        jmp_get_u32 (at + 20) };

    if (section.type == SECTION_NOBITS || section.offset > walk->size
        || section.size > walk->size - section.offset)
      section = (Section){ 0 };
    g_array_append_val (walk->sections, section);
  }
}

static const Section *
get_section (Walk *walk, guint index)
{
  return &g_array_index (walk->sections, Section, index);
}

static gboolean
is_loaded (const Section *section)
{
  return (section->flags & SECTION_ALLOC) != 0 && section->size > 0;
}

/* A linker may let the first segment begin with the ELF headers, below the address where the program
 * begins: those are not for the flash. */
static void
skip_headers (Walk *walk, Segment *segment)
{
  guint32 first = G_MAXUINT32;

  if (segment->offset >= HEADER_SIZE)
    return;
  for (guint i = 0; i < walk->sections->len; i++) {
    const Section *section = get_section (walk, i);

    if (is_loaded (section) && section->offset >= segment->offset)
      first = MIN (first, section->offset);
  }
  if (first <= segment->offset || first - segment->offset >= segment->file_size)
    return;
  jmp_image_builder_warn (
      walk->builder, "the ELF headers, linked at 0x%08X, are left out", segment->physical);
  segment->physical += first - segment->offset;
  segment->file_size -= first - segment->offset;
  segment->offset = first;
}

static gboolean
add_segments (Walk *walk, guint8 alt, GError **error)
{
  g_auto (JmpChunks) chunks = { 0 };

  if (walk->segments->len == 0)
    return fail (error, "an ELF program with no segment to load");
  jmp_chunks_init (&chunks, "loaded segment", FALSE);
  for (guint i = 0; i < walk->segments->len; i++) {
    Segment *segment = &g_array_index (walk->segments, Segment, i);

    skip_headers (walk, segment);
    if (!jmp_chunks_add (&chunks, segment->physical, segment->file_size, segment->offset, i, error))
      return FALSE;
  }
  return jmp_chunks_end (&chunks, walk->data, alt, walk->builder, error);
}

/* A section's address is where it is used; where it is flashed follows from its segment. */
static gboolean
find_load_address (Walk *walk, const Section *section, guint32 *out)
{
  for (guint i = 0; i < walk->segments->len; i++) {
    const Segment *segment = &g_array_index (walk->segments, Segment, i);

    if (section->offset >= segment->offset
        && section->offset - segment->offset < segment->file_size) {
      *out = segment->physical + (section->offset - segment->offset);
      return TRUE;
    }
  }
  return FALSE;
}

/* Names are in the section that the header points to. */
static void
add_section (Walk *walk, const Section *names, const Section *section)
{
  const char *table = (const char *)walk->data + names->offset;
  g_autofree char *name = NULL;
  guint32 address;

  if (!is_loaded (section) || section->name >= names->size
      || !find_load_address (walk, section, &address))
    return;
  name = g_strndup (table + section->name, MIN (names->size - section->name, MAX_NAME));
  jmp_image_builder_add_section (walk->builder, address, section->size, name);
}

/* A program has one section of attributes; a hostile file with thousands of them would take long. */
static void
add_sections (Walk *walk)
{
  guint names = jmp_get_u16 (walk->data + 50);
  gboolean has_attributes = FALSE;

  for (guint i = 0; i < walk->sections->len; i++) {
    const Section *section = get_section (walk, i);

    if (section->type == SECTION_ARM_ATTRIBUTES && !has_attributes) {
      jmp_elf_read_attributes (walk->data + section->offset, section->size, &walk->hints);
      has_attributes = TRUE;
    } else if (names < walk->sections->len) {
      add_section (walk, get_section (walk, names), section);
    }
  }
}

/**
 * jmp_elf_parse:
 * @bytes: an ELF file
 * @options: the alt setting
 * @error: return location
 *
 * Reads a linked program of 32 bits for ARM (System V ABI, chapters 4 and 5): the segments of type
 * PT_LOAD that have bytes, at their physical addresses, which is where they are flashed. Sections
 * give names, the ABI and the processor (ELF for the Arm Architecture, 5.2; Addenda, 3.3).
 *
 * Returns: (transfer full): an image, or %NULL with %JMP_ERROR_INVALID_FILE: for another machine,
 *   not linked, contradicts itself, nothing to load
 */
JmpImage *
jmp_elf_parse (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_ELF);
  g_auto (Walk) walk = { .builder = builder,
                         .segments = g_array_new (FALSE, FALSE, sizeof (Segment)),
                         .sections = g_array_new (FALSE, FALSE, sizeof (Section)) };

  walk.data = g_bytes_get_data (bytes, &walk.size);
  if (!check_header (&walk, error) || !read_segments (&walk, error))
    return NULL;
  walk.hints.entry = jmp_get_u32 (walk.data + 24);
  walk.hints.has_entry = walk.hints.entry != 0;
  walk.hints.hard_float = (jmp_get_u32 (walk.data + 36) & FLAG_ABI_FLOAT_HARD) != 0;
  read_sections (&walk);
  if (!add_segments (&walk, options->alt, error))
    return NULL;
  add_sections (&walk);
  jmp_image_builder_set_hints (builder, &walk.hints);
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}
