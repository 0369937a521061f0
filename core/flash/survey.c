/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/survey-private.h"

struct _JmpSurvey {
  GArray *sectors;
  gboolean stale;
  JmpImage *replaced;
};

static void
sector_clear (gpointer data)
{
  JmpSurveySector *self = data;

  for (guint i = 0; i < self->n_kept; i++)
    g_bytes_unref (self->kept[i].bytes);
  g_free (self->kept);
}

/* An empty list of sectors, which lets go of their bytes at the end. */
GArray *
jmp_survey_sectors_new (void)
{
  GArray *sectors = g_array_new (FALSE, FALSE, sizeof (JmpSurveySector));

  g_array_set_clear_func (sectors, sector_clear);
  return sectors;
}

static int
compare_sectors (gconstpointer a, gconstpointer b)
{
  const JmpSurveySector *left = a;
  const JmpSurveySector *right = b;

  if (left->alt != right->alt)
    return left->alt < right->alt ? -1 : 1;
  return left->sector.address < right->sector.address
             ? -1
             : left->sector.address > right->sector.address;
}

/**
 * jmp_survey_new:
 * @sectors: (array length=n_sectors): what was found, each sector once
 * @n_sectors: how many
 *
 * Makes a survey of what is known. The bytes are referenced, not copied.
 *
 * Returns: (transfer full): the survey
 */
JmpSurvey *
jmp_survey_new (const JmpSurveySector *sectors, guint n_sectors)
{
  JmpSurvey *self = g_atomic_rc_box_new0 (JmpSurvey);

  self->sectors = jmp_survey_sectors_new ();
  for (guint i = 0; i < n_sectors; i++) {
    JmpSurveySector copy = sectors[i];

    copy.kept = g_memdup2 (copy.kept, sizeof (JmpSegment) * copy.n_kept);
    for (guint j = 0; j < copy.n_kept; j++)
      g_bytes_ref (copy.kept[j].bytes);
    g_array_append_val (self->sectors, copy);
  }
  g_array_sort (self->sectors, compare_sectors);
  return self;
}

/* Notes that bytes which an interrupted run saved are not what belongs on the board any longer. */
void
jmp_survey_set_stale (JmpSurvey *self)
{
  self->stale = TRUE;
}

/* Notes what the board holds in the place of bytes that are put back; takes @replaced. */
void
jmp_survey_take_replaced (JmpSurvey *self, JmpImage *replaced)
{
  self->replaced = replaced;
}

static void
survey_clear (gpointer data)
{
  JmpSurvey *self = data;

  g_clear_pointer (&self->replaced, jmp_image_unref);
  g_array_unref (self->sectors);
}

/**
 * jmp_survey_ref:
 * @self: a survey
 *
 * Returns: (transfer full): @self
 */
JmpSurvey *
jmp_survey_ref (JmpSurvey *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_survey_unref:
 * @self: (transfer full): a survey
 */
void
jmp_survey_unref (JmpSurvey *self)
{
  g_atomic_rc_box_release_full (self, survey_clear);
}

/**
 * jmp_survey_get_sectors:
 * @self: a survey
 * @n_sectors: (out): how many
 *
 * Returns: (transfer none) (array length=n_sectors): what was found, by alt setting and address
 */
const JmpSurveySector *
jmp_survey_get_sectors (JmpSurvey *self, guint *n_sectors)
{
  *n_sectors = self->sectors->len;
  return (const JmpSurveySector *)(const void *)self->sectors->data;
}

/**
 * jmp_survey_find:
 * @self: a survey
 * @alt: alt setting
 * @address: where the sector begins
 *
 * Returns: (transfer none) (nullable): what was found in that sector
 */
const JmpSurveySector *
jmp_survey_find (JmpSurvey *self, guint8 alt, guint32 address)
{
  const JmpSurveySector wanted = { .alt = alt, .sector = { .address = address } };
  guint index;

  if (!g_array_binary_search (self->sectors, &wanted, compare_sectors, &index))
    return NULL;
  return &g_array_index (self->sectors, JmpSurveySector, index);
}

/**
 * jmp_survey_has_stale:
 * @self: a survey
 *
 * Returns: whether bytes that an interrupted run saved were found to be replaced by others, which
 *   stay
 */
gboolean
jmp_survey_has_stale (JmpSurvey *self)
{
  return self->stale;
}

/**
 * jmp_survey_get_replaced:
 * @self: a survey
 *
 * What the board holds where bytes that an interrupted run saved will be put back, and that may be more
 * than what the interruption left there.
 *
 * Returns: (transfer none) (nullable): those bytes
 */
JmpImage *
jmp_survey_get_replaced (JmpSurvey *self)
{
  return self->replaced;
}

/**
 * jmp_survey_to_string:
 * @self: a survey
 *
 * The survey as text: "alt 0 0x08000000 +0x4000 different kept 0x08003A18 +0x05E8", a line for each
 * sector.
 *
 * Returns: (transfer full): the text; every line ends with a line end
 */
char *
jmp_survey_to_string (JmpSurvey *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->sectors->len; i++) {
    const JmpSurveySector *found = &g_array_index (self->sectors, JmpSurveySector, i);

    g_string_append_printf (text,
                            "alt %u 0x%08X +0x%04X %s",
                            found->alt,
                            found->sector.address,
                            found->sector.size,
                            jmp_survey_state_to_string (found->state));
    for (guint j = 0; j < found->n_kept; j++)
      g_string_append_printf (text,
                              " kept 0x%08X +0x%04X",
                              found->kept[j].address,
                              (guint)g_bytes_get_size (found->kept[j].bytes));
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

/**
 * jmp_survey_state_to_string:
 * @state: what was found
 *
 * Returns: (transfer none): its word
 */
const char *
jmp_survey_state_to_string (JmpSurveyState state)
{
  switch (state) {
  case JMP_SURVEY_UNKNOWN:
    return "unknown";
  case JMP_SURVEY_EQUAL:
    return "equal";
  case JMP_SURVEY_DIFFERENT:
    return "different";
  case JMP_SURVEY_BLANK:
    return "blank";
  }
  return "?";
}
