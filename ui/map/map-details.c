/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "map/map-details.h"

#include "map/map-resource.h"
#include "map/map-text.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

struct _JmpMapDetails {
  GtkPopover parent_instance;

  JmpMapRegion *region;

  GtkLabel *title;
  GtkLabel *range;
  GtkLabel *size;
  GtkLabel *access;
  GtkLabel *memory;
  GtkLabel *image;
  GtkWidget *image_title;
  GtkLabel *state;
  GtkWidget *state_title;
  GtkLabel *difference;
  GtkWidget *difference_title;
  GtkLabel *crc;
  GtkWidget *crc_title;
  GtkWidget *contents_box;
  GtkLabel *contents;
  GtkWidget *copy;
};

G_DEFINE_FINAL_TYPE (JmpMapDetails, jmp_map_details, GTK_TYPE_POPOVER)

static void
copy_range (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JmpMapDetails *self = JMP_MAP_DETAILS (widget);
  g_autofree char *range = NULL;

  if (self->region == NULL)
    return;
  range = jmp_map_text_range (jmp_map_region_get_span (self->region));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), range);
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* A row without anything to say is not shown. */
static void
set_row (GtkWidget *title, GtkLabel *value, const char *text)
{
  gboolean any = text != NULL && *text != '\0';

  gtk_label_set_text (value, any ? text : "");
  gtk_widget_set_visible (title, any);
  gtk_widget_set_visible (GTK_WIDGET (value), any);
}

/* Hex and text, and a check sum to compare with what other programs say. */
static void
show_contents (JmpMapDetails *self)
{
  g_auto (JmpMapContents) contents = jmp_map_region_get_contents (self->region);
  g_autofree char *crc = contents.size > 0 ? g_strdup_printf ("0x%08X", contents.crc) : NULL;
  g_autofree char *isolated = crc != NULL ? jmp_map_text_isolate (crc) : NULL;

  set_row (self->crc_title, self->crc, isolated);
  gtk_label_set_text (self->contents, contents.dump);
  gtk_widget_set_visible (self->contents_box, contents.size > 0);
}

static void
refresh (JmpMapDetails *self)
{
  g_autofree char *title = NULL;
  g_autofree char *size = NULL;
  g_autofree char *image = NULL;
  g_autofree char *state = NULL;

  g_object_get (self->region,
                "title",
                &title,
                "size-text",
                &size,
                "image-text",
                &image,
                "state-text",
                &state,
                NULL);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->size, size);
  set_row (self->image_title, self->image, image);
  set_row (self->state_title, self->state, state);
  set_row (self->difference_title, self->difference, jmp_map_region_get_difference (self->region));
  show_contents (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
jmp_map_details_dispose (GObject *object)
{
  JmpMapDetails *self = JMP_MAP_DETAILS (object);

  if (self->region != NULL)
    g_signal_handlers_disconnect_by_func (self->region, refresh, self);
  g_clear_object (&self->region);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_MAP_DETAILS);
  G_OBJECT_CLASS (jmp_map_details_parent_class)->dispose (object);
}

static void
jmp_map_details_class_init (JmpMapDetailsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = jmp_map_details_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_MAP_RESOURCE "/map-details.ui");
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, title);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, range);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, size);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, access);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, memory);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, image);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, image_title);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, state);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, state_title);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, difference);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, difference_title);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, crc);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, crc_title);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, contents_box);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, contents);
  gtk_widget_class_bind_template_child (widget_class, JmpMapDetails, copy);
  gtk_widget_class_install_action (widget_class, "map.copy-range", NULL, copy_range);
}

static void
jmp_map_details_init (JmpMapDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* addresses and hex read the same way everywhere */
  gtk_widget_set_direction (GTK_WIDGET (self->contents), GTK_TEXT_DIR_LTR);
}

/**
 * jmp_map_details_new:
 *
 * Makes a popover about no region yet.
 *
 * Returns: (transfer floating): the popover
 */
GtkWidget *
jmp_map_details_new (void)
{
  return g_object_new (JMP_TYPE_MAP_DETAILS, NULL);
}

/**
 * jmp_map_details_set_region:
 * @self: a popover
 * @region: a region
 *
 * Sets what the popover is about.
 */
void
jmp_map_details_set_region (JmpMapDetails *self, JmpMapRegion *region)
{
  const JmpMapSpan *span = jmp_map_region_get_span (region);
  g_autofree char *range = jmp_map_text_range (span);
  g_autofree char *isolated = jmp_map_text_isolate (range);
  /* Translators: the name of a memory, and its number among the board's. */
  g_autofree char *memory = g_strdup_printf (
      _ ("%s (alt setting %u)"), jmp_map_region_get_memory (region), span->alt);

  if (self->region != NULL)
    g_signal_handlers_disconnect_by_func (self->region, refresh, self);
  g_set_object (&self->region, region);
  g_signal_connect_object (
      region, "notify::state-text", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);

  gtk_label_set_text (self->range, isolated);
  gtk_label_set_text (self->access, jmp_words_access (span->access));
  gtk_label_set_text (self->memory, memory);
  refresh (self);
}

/**
 * jmp_map_details_popup:
 * @self: a popover with a region, that has a parent
 *
 * Shows it, ready for its button: the first thing that takes the focus would be a sum, and be selected.
 */
void
jmp_map_details_popup (JmpMapDetails *self)
{
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->copy);
}
