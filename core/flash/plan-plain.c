/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plans for boards that speak plain DFU 1.1: no memory map, no addresses, no erase command. What goes
 * to an alt setting is one file, and the boot loader puts it where it wants. */

#include "base/error.h"
#include "flash/plan-private.h"

#include <string.h>

/* More than this between two segments is no gap in a program, but memory of another kind. */
#define MAX_GAP (1024u * 1024)

/* A file that goes to an alt setting. */
typedef struct {
  const JmpDfuAlt *alt;
  guint32 address; /* of its first byte, or 0 where nobody knows */
  GBytes *bytes;
} File;

static void
file_clear (File *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (File, file_clear)

/* Which other alt settings do what one does not. */
static char *
name_others (JmpDfuInfo *info)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (alt->quirks.refuses == NULL)
      g_string_append_printf (text, "%s%u", text->len > 0 ? ", " : "; others do: ", alt->alt);
  }
  return g_strdup (text->str);
}

static const JmpDfuAlt *
find_alt (JmpDfuInfo *info, guint8 number, GError **error)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info, number);

  if (alt == NULL) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_DOES_NOT_FIT, "the board has no alt setting %u", number);
    return NULL;
  }
  if (alt->quirks.refuses != NULL) {
    g_autofree char *others = name_others (info);

    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_REFUSED,
                 "alt setting %u takes no files: %s%s",
                 number,
                 alt->quirks.refuses,
                 others);
    return NULL;
  }
  return alt;
}

static void
append_bases (GString *text, const JmpDfuAlt *alt)
{
  for (guint i = 0; i < alt->quirks.n_bases; i++)
    g_string_append_printf (text, "%s0x%08X", i > 0 ? " or " : "", alt->quirks.bases[i]);
}

/* A program that begins anywhere else would not run where this boot loader puts it. */
static gboolean
fail_base (JmpDfuInfo *info, const JmpDfuAlt *alt, guint32 address, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_bases (text, alt);
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *other = g_ptr_array_index (info->alts, i);

    if (other != alt && jmp_dfu_alt_takes (other, address))
      g_string_append_printf (text, "; alt setting %u has it there", other->alt);
  }
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_DOES_NOT_FIT,
               "the file begins at 0x%08X, and what goes to alt setting %u at %s",
               address,
               alt->alt,
               text->str);
  return FALSE;
}

/* Where a file begins; files without addresses, and backups of boards without, begin at 0. */
static gboolean
place (JmpDfuInfo *info, JmpImageFormat format, guint32 address, File *file, GError **error)
{
  gboolean may_be_none = !jmp_image_format_has_addresses (format) || format == JMP_IMAGE_DFUSE;

  file->address = address;
  if (address == 0 && may_be_none) {
    file->address = jmp_dfu_alt_get_base (file->alt);
    return TRUE;
  }
  return file->alt->quirks.n_bases == 0 || jmp_dfu_alt_takes (file->alt, address)
         || fail_base (info, file->alt, address, error);
}

/* All segments as one run; what is between them is filled up as erased flash is. */
static GBytes *
join (const JmpImageTarget *target, GError **error)
{
  const JmpSegment *first = &target->segments[0];
  const JmpSegment *last = &target->segments[target->n_segments - 1];
  guint64 size = last->address + (guint64)g_bytes_get_size (last->bytes) - first->address;
  guint8 *joined;

  if (target->n_segments == 1)
    return g_bytes_ref (first->bytes);
  for (guint i = 1; i < target->n_segments; i++) {
    guint64 end = target->segments[i - 1].address
                  + (guint64)g_bytes_get_size (target->segments[i - 1].bytes);

    if (target->segments[i].address - end <= MAX_GAP && size <= JMP_IMAGE_MAX_FILE)
      continue;
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DOES_NOT_FIT,
                 "the board takes one run of bytes, and 0x%08X is too far from 0x%08X",
                 target->segments[i].address,
                 (guint32)(end - 1));
    return NULL;
  }
  joined = g_malloc ((gsize)size);
  memset (joined, 0xFF, (gsize)size);
  for (guint i = 0; i < target->n_segments; i++) {
    gsize length;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &length);

    memcpy (joined + (target->segments[i].address - first->address), data, length);
  }
  return g_bytes_new_take (joined, (gsize)size);
}

static gboolean
make_file (
    JmpImage *image, const JmpImageTarget *target, JmpDfuInfo *info, File *file, GError **error)
{
  file->alt = find_alt (info, target->alt, error);
  if (file->alt == NULL
      || !place (info, jmp_image_get_format (image), target->segments[0].address, file, error))
    return FALSE;
  file->bytes = join (target, error);
  return file->bytes != NULL;
}

/* The memory that a file is in, as far as it is known: a single region of its size. */
static void
use_file (JmpPlanDraft *draft, const File *file, JmpSectorFate fate)
{
  const JmpPlanSector sector = {
    .alt = file->alt->alt,
    .sector = { .address = file->address,
                .size = (guint32)g_bytes_get_size (file->bytes),
                .access = JMP_ACCESS_READ | JMP_ACCESS_WRITE },
    .fate = fate,
    .image_bytes = (guint32)g_bytes_get_size (file->bytes),
  };

  g_array_append_val (draft->sectors, sector);
}

static gboolean
is_tolerant (const JmpDfuInfo *info)
{
  return (info->attributes & JMP_DFU_MANIFESTATION_TOLERANT) != 0;
}

static gboolean
keeps_blocks (const JmpDfuInfo *info)
{
  return (info->quirks.flags & JMP_QUIRK_KEEPS_BLOCKS) != 0;
}

/* Whether reading back what was written proves anything. What a device holds between the last block of
 * a file and its end is the device's own affair (DFU 1.1, 6.1.1 and 7), unless it is known; behind the
 * end, only one that is manifestation tolerant still answers. */
static gboolean
can_verify (const JmpDfuInfo *info)
{
  return (info->attributes & JMP_DFU_CAN_UPLOAD) != 0
         && (is_tolerant (info) || keeps_blocks (info));
}

static void
add_bytes (JmpPlanDraft *draft, JmpStepKind kind, const File *file, GBytes *bytes)
{
  jmp_plan_draft_step (draft, kind, file->address, g_bytes_get_size (bytes), bytes);
}

/* Writes a file and proves it where that can be. A device that keeps blocks is read back before the
 * download is ended; that breaks the download off, and the first block, with which a new one begins, is
 * sent again to end it. */
static void
add_file (JmpPlanDraft *draft, JmpDfuInfo *info, const File *file, const JmpPlanOptions *options)
{
  gboolean verify = options->verify && can_verify (info);
  gboolean ends_late = !is_tolerant (info) && (options->leave || !keeps_blocks (info));
  gsize first = MIN (g_bytes_get_size (file->bytes), MAX (info->transfer_size, 1));

  jmp_plan_draft_begin_target (draft, file->alt);
  use_file (draft, file, JMP_FATE_WRITTEN | (verify ? JMP_FATE_VERIFIED : 0));
  add_bytes (draft, JMP_STEP_WRITE, file, file->bytes);
  if (verify)
    add_bytes (draft, JMP_STEP_VERIFY, file, file->bytes);
  if (verify && ends_late) {
    g_autoptr (GBytes) block = g_bytes_new_from_bytes (file->bytes, 0, first);

    add_bytes (draft, JMP_STEP_WRITE, file, block);
  }
  if (ends_late || options->leave)
    jmp_plan_draft_step (draft, JMP_STEP_LEAVE, file->address, 0, NULL);
}

static gboolean
check_targets (JmpImage *image, GError **error)
{
  guint n = jmp_image_get_n_targets (image);

  if (n == 1)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "the board takes a file for one alt setting at a time, and this one is for %u",
               n);
  return FALSE;
}

/* See jmp_plan_flash_surveyed(). Nothing is looked at before: the whole file is sent. */
JmpPlan *
jmp_plan_plain_flash (JmpImage *image,
                      JmpDfuInfo *info,
                      const JmpPlanOptions *options,
                      GError **error)
{
  g_auto (JmpPlanDraft) draft = { 0 };
  g_auto (File) file = { 0 };

  if (!jmp_plan_check_can (info, JMP_DFU_CAN_DOWNLOAD, error) || !check_targets (image, error)
      || !make_file (image, jmp_image_get_target (image, 0), info, &file, error))
    return NULL;
  jmp_plan_draft_init (&draft);
  add_file (&draft, info, &file, options);
  return jmp_plan_draft_end (&draft, info->transfer_size);
}

/* See jmp_plan_survey(): there is nothing to look at, but what cannot be written is refused. */
JmpPlan *
jmp_plan_plain_survey (JmpImage *image,
                       JmpDfuInfo *info,
                       const JmpPlanOptions *options,
                       GError **error)
{
  g_autoptr (JmpPlan) plan = jmp_plan_plain_flash (image, info, options, error);
  g_auto (JmpPlanDraft) draft = { 0 };

  if (plan == NULL)
    return NULL;
  jmp_plan_draft_init (&draft);
  return jmp_plan_draft_end (&draft, info->transfer_size);
}

/* See jmp_plan_verify(). */
JmpPlan *
jmp_plan_plain_verify (JmpImage *image, JmpDfuInfo *info, GError **error)
{
  g_auto (JmpPlanDraft) draft = { 0 };

  if (!jmp_plan_check_can (info, JMP_DFU_CAN_UPLOAD, error))
    return NULL;
  jmp_plan_draft_init (&draft);
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++) {
    g_auto (File) file = { 0 };

    if (!make_file (image, jmp_image_get_target (image, i), info, &file, error))
      return NULL;
    jmp_plan_draft_begin_target (&draft, file.alt);
    use_file (&draft, &file, JMP_FATE_VERIFIED);
    add_bytes (&draft, JMP_STEP_VERIFY, &file, file.bytes);
  }
  return jmp_plan_draft_end (&draft, info->transfer_size);
}

/* See jmp_plan_backup() and jmp_plan_backup_range(): @length bytes, or with 0 all that come. */
JmpPlan *
jmp_plan_plain_backup (
    JmpDfuInfo *info, guint8 number, guint32 address, guint64 length, GError **error)
{
  g_auto (JmpPlanDraft) draft = { 0 };
  const JmpDfuAlt *alt;
  guint32 base;

  if (!jmp_plan_check_can (info, JMP_DFU_CAN_UPLOAD, error))
    return NULL;
  alt = find_alt (info, number, error);
  if (alt == NULL)
    return NULL;
  base = jmp_dfu_alt_get_base (alt);
  if (length > JMP_PLAN_MAX_BACKUP
      || (length > 0 && address != base && !jmp_dfu_alt_takes (alt, address))) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DOES_NOT_FIT,
                 "alt setting %u can be read from its start at 0x%08X alone, up to %u bytes",
                 number,
                 base,
                 JMP_PLAN_MAX_BACKUP);
    return NULL;
  }
  jmp_plan_draft_init (&draft);
  jmp_plan_draft_begin_target (&draft, alt);
  jmp_plan_draft_step (&draft, JMP_STEP_READ, length > 0 ? address : base, length, NULL);
  return jmp_plan_draft_end (&draft, info->transfer_size);
}

/* See jmp_plan_backup_all(). The alt settings of such a board are ways into one memory more often than
 * memories: the first that takes files at all is read. */
JmpPlan *
jmp_plan_plain_backup_all (JmpDfuInfo *info, GError **error)
{
  const JmpDfuAlt *alt = NULL;

  for (guint i = 0; i < info->alts->len && (alt == NULL || alt->quirks.refuses != NULL); i++)
    alt = g_ptr_array_index (info->alts, i);
  return jmp_plan_plain_backup (info, alt != NULL ? alt->alt : 0, 0, 0, error);
}

/* See jmp_plan_leave(). */
JmpPlan *
jmp_plan_plain_leave (JmpDfuInfo *info, GError **error)
{
  g_auto (JmpPlanDraft) draft = { 0 };

  if (info->alts->len == 0) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "the board has no memory");
    return NULL;
  }
  jmp_plan_draft_init (&draft);
  jmp_plan_draft_begin_target (&draft, g_ptr_array_index (info->alts, 0));
  jmp_plan_draft_step (
      &draft, JMP_STEP_LEAVE, jmp_dfu_alt_get_base (g_ptr_array_index (info->alts, 0)), 0, NULL);
  return jmp_plan_draft_end (&draft, info->transfer_size);
}
