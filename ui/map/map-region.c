/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "map/map-region.h"

#include "map/map-text.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A smaller step of the fraction cannot be seen. */
#define FRACTION_STEP (1.0 / 256)

struct _JmpMapRegion {
  GObject parent_instance;

  JmpMapSpan span;
  char *memory;
  char *name;
  gboolean own_files;
  JmpMapNow now;
  char *difference;
  JmpPlan *file; /* has the bytes that the file brings */
};

G_DEFINE_FINAL_TYPE (JmpMapRegion, jmp_map_region, G_TYPE_OBJECT)

enum {
  PROP_ALT = 1,
  PROP_ADDRESS,
  PROP_SIZE,
  PROP_SECTORS,
  PROP_IMAGE_BYTES,
  PROP_STATE,
  PROP_FRACTION,
  PROP_NAME,
  PROP_MEMORY,
  PROP_TITLE,
  PROP_ADDRESS_TEXT,
  PROP_SIZE_TEXT,
  PROP_ACCESS_TEXT,
  PROP_IMAGE_TEXT,
  PROP_STATE_TEXT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* In the table and the details: "128 KiB", "4 × 2 KiB". */
static char *
size_text (const JmpMapSpan *span)
{
  g_autofree char *each = jmp_words_size (span->sector_size);

  if (span->count == 1)
    return g_steal_pointer (&each);
  /* Translators: a number of sectors, and the size of each. */
  return g_strdup_printf (_ ("%u × %s"), span->count, each);
}

static char *
title_text (JmpMapRegion *self)
{
  g_autofree char *sectors = jmp_map_text_sectors (&self->span);

  if (self->name == NULL)
    return g_steal_pointer (&sectors);
  /* Translators: "Sector 5", and what that part of the memory is called. */
  return g_strdup_printf (_ ("%s · %s"), sectors, self->name);
}

static char *
image_text (const JmpMapSpan *span)
{
  return span->image_bytes > 0 ? jmp_words_size (span->image_bytes) : NULL;
}

/* With what is kept beside it. */
static char *
state_text (JmpMapRegion *self)
{
  g_autofree char *words = jmp_map_text_span_state (&self->span, self->now.state);
  g_autofree char *kept = jmp_map_text_kept (&self->span);

  if (kept == NULL || *words == '\0')
    return g_steal_pointer (&words);
  return g_strconcat (words, C_ ("list", ", "), kept, NULL);
}

static char *
address_text (const JmpMapSpan *span)
{
  g_autofree char *address = jmp_words_address (span->address);

  return jmp_map_text_isolate (address);
}

static void
jmp_map_region_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JmpMapRegion *self = JMP_MAP_REGION (object);

  switch (id) {
  case PROP_ALT:
    g_value_set_uint (value, self->span.alt);
    break;
  case PROP_ADDRESS:
    g_value_set_uint (value, self->span.address);
    break;
  case PROP_SIZE:
    g_value_set_uint64 (value, jmp_map_span_size (&self->span));
    break;
  case PROP_SECTORS:
    g_value_set_uint (value, self->span.count);
    break;
  case PROP_IMAGE_BYTES:
    g_value_set_uint64 (value, self->span.image_bytes);
    break;
  case PROP_STATE:
    g_value_set_uint (value, self->now.state);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, self->now.fraction);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_MEMORY:
    g_value_set_string (value, self->memory);
    break;
  case PROP_TITLE:
    g_value_take_string (value, title_text (self));
    break;
  case PROP_ADDRESS_TEXT:
    g_value_take_string (value, address_text (&self->span));
    break;
  case PROP_SIZE_TEXT:
    g_value_take_string (value, size_text (&self->span));
    break;
  case PROP_ACCESS_TEXT:
    g_value_set_string (value, jmp_words_access (self->span.access));
    break;
  case PROP_IMAGE_TEXT:
    g_value_take_string (value, image_text (&self->span));
    break;
  case PROP_STATE_TEXT:
    g_value_take_string (value, state_text (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
jmp_map_region_finalize (GObject *object)
{
  JmpMapRegion *self = JMP_MAP_REGION (object);

  g_free (self->memory);
  g_free (self->name);
  g_free (self->difference);
  g_clear_pointer (&self->file, jmp_plan_unref);
  G_OBJECT_CLASS (jmp_map_region_parent_class)->finalize (object);
}

static GParamSpec *
string_prop (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
uint_prop (const char *name)
{
  return g_param_spec_uint (
      name, NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
uint64_prop (const char *name)
{
  return g_param_spec_uint64 (
      name, NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
jmp_map_region_class_init (JmpMapRegionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = jmp_map_region_get_property;
  object_class->finalize = jmp_map_region_finalize;

  props[PROP_ALT] = uint_prop ("alt");
  props[PROP_ADDRESS] = uint_prop ("address");
  props[PROP_SIZE] = uint64_prop ("size");
  props[PROP_SECTORS] = uint_prop ("sectors");
  props[PROP_IMAGE_BYTES] = uint64_prop ("image-bytes");
  props[PROP_STATE] = uint_prop ("state");
  props[PROP_FRACTION] = g_param_spec_double (
      "fraction", NULL, NULL, 0, 1, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NAME] = string_prop ("name");
  props[PROP_MEMORY] = string_prop ("memory");
  props[PROP_TITLE] = string_prop ("title");
  props[PROP_ADDRESS_TEXT] = string_prop ("address-text");
  props[PROP_SIZE_TEXT] = string_prop ("size-text");
  props[PROP_ACCESS_TEXT] = string_prop ("access-text");
  props[PROP_IMAGE_TEXT] = string_prop ("image-text");
  props[PROP_STATE_TEXT] = string_prop ("state-text");
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
jmp_map_region_init (JmpMapRegion *self)
{
}

/**
 * jmp_map_region_new:
 * @span: its sectors
 * @memory: what its alt setting is called
 * @name: (nullable): what this part of it is called
 * @own_files: whether the person's own files are known to be there
 *
 * Makes a region in which nothing is planned.
 *
 * Returns: (transfer full): the region
 */
JmpMapRegion *
jmp_map_region_new (const JmpMapSpan *span,
                    const char *memory,
                    const char *name,
                    gboolean own_files)
{
  JmpMapRegion *self = g_object_new (JMP_TYPE_MAP_REGION, NULL);

  self->span = *span;
  self->memory = g_strdup (memory);
  self->name = g_strdup (name);
  self->own_files = own_files;
  return self;
}

/**
 * jmp_map_region_get_span:
 * @self: a region
 *
 * Returns: (transfer none): its sectors
 */
const JmpMapSpan *
jmp_map_region_get_span (JmpMapRegion *self)
{
  g_return_val_if_fail (JMP_IS_MAP_REGION (self), NULL);
  return &self->span;
}

/**
 * jmp_map_region_get_memory:
 * @self: a region
 *
 * Returns: (transfer none): what its alt setting is called
 */
const char *
jmp_map_region_get_memory (JmpMapRegion *self)
{
  g_return_val_if_fail (JMP_IS_MAP_REGION (self), NULL);
  return self->memory;
}

/**
 * jmp_map_region_get_name:
 * @self: a region
 *
 * Returns: (transfer none) (nullable): what this part of the memory is called
 */
const char *
jmp_map_region_get_name (JmpMapRegion *self)
{
  g_return_val_if_fail (JMP_IS_MAP_REGION (self), NULL);
  return self->name;
}

/**
 * jmp_map_region_get_state:
 * @self: a region
 *
 * Returns: what is true of it now
 */
JmpMapState
jmp_map_region_get_state (JmpMapRegion *self)
{
  g_return_val_if_fail (JMP_IS_MAP_REGION (self), JMP_MAP_IDLE);
  return self->now.state;
}

/**
 * jmp_map_region_get_fraction:
 * @self: a region
 *
 * Returns: how much of the phase it is in is done, 0 to 1
 */
double
jmp_map_region_get_fraction (JmpMapRegion *self)
{
  g_return_val_if_fail (JMP_IS_MAP_REGION (self), 0);
  return self->now.fraction;
}

/**
 * jmp_map_region_get_difference:
 * @self: a region
 *
 * Returns: (transfer none) (nullable): where what was read differs first, and both bytes, in words
 */
const char *
jmp_map_region_get_difference (JmpMapRegion *self)
{
  g_return_val_if_fail (JMP_IS_MAP_REGION (self), NULL);
  return self->difference;
}

/**
 * jmp_map_region_dup_label:
 * @self: a region
 *
 * All about it in one sentence, for a screen reader.
 *
 * Returns: (transfer full): the sentence
 */
char *
jmp_map_region_dup_label (JmpMapRegion *self)
{
  g_return_val_if_fail (JMP_IS_MAP_REGION (self), NULL);
  return jmp_map_text_label (&self->span, self->now.state, self->name);
}

/**
 * jmp_map_region_dup_tooltip:
 * @self: a region
 *
 * All about it in a few lines, for a pointer that rests on it.
 *
 * Returns: (transfer full): the lines
 */
char *
jmp_map_region_dup_tooltip (JmpMapRegion *self)
{
  g_return_val_if_fail (JMP_IS_MAP_REGION (self), NULL);
  return jmp_map_text_tooltip (&self->span, self->now.state, self->name);
}

/**
 * jmp_map_region_get_contents:
 * @self: a region
 *
 * Returns: what the chosen file has for it; release with jmp_map_contents_clear()
 */
JmpMapContents
jmp_map_region_get_contents (JmpMapRegion *self)
{
  return jmp_map_contents_of (self->file, &self->span);
}

/**
 * jmp_map_region_set_span:
 * @self: a region
 * @span: the same sectors, with another plan for them
 *
 * Takes over what a new plan means for the sectors.
 */
void
jmp_map_region_set_span (JmpMapRegion *self, const JmpMapSpan *span)
{
  g_return_if_fail (JMP_IS_MAP_REGION (self));
  g_return_if_fail (jmp_map_span_same_place (&self->span, span));

  if (self->span.fate == span->fate && self->span.touched == span->touched
      && self->span.image_bytes == span->image_bytes && self->span.kept_bytes == span->kept_bytes)
    return;
  self->span = *span;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IMAGE_BYTES]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IMAGE_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE_TEXT]);
}

/**
 * jmp_map_region_update:
 * @self: a region
 * @work: the plan, how far it is, and what came of it
 *
 * Finds out what is true now; notifies only of what changed.
 *
 * Returns: %TRUE if the state is another one
 */
gboolean
jmp_map_region_update (JmpMapRegion *self, const JmpMapWork *work)
{
  JmpMapNow now;
  gboolean changed;

  g_return_val_if_fail (JMP_IS_MAP_REGION (self), FALSE);

  if (work->file != self->file) {
    g_clear_pointer (&self->file, jmp_plan_unref);
    self->file = work->file != NULL ? jmp_plan_ref (work->file) : NULL;
  }
  now = jmp_map_state_of (&self->span, work, self->own_files);
  changed = now.state != self->now.state;
  if (!changed && fabs (now.fraction - self->now.fraction) < FRACTION_STEP)
    return FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  self->now = now;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  if (changed) {
    g_free (self->difference);
    self->difference = now.state == JMP_MAP_DIFFERS ? jmp_words_difference (work->outcome) : NULL;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE_TEXT]);
  }
  g_object_thaw_notify (G_OBJECT (self));
  return changed;
}
