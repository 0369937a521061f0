/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "firmware-view.h"

#include "names.h"
#include "resource.h"
#include "status.h"
#include "words/words.h"
#include "wrap-box.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A hostile file can have thousands of segments; nobody reads more rows than this. */
#define MAX_SEGMENT_ROWS 32

struct _JmpFirmwareView {
  GtkBox parent;

  /* Owned references */
  JmpSession *session;
  JmpImage *shown; /* whose segments the expander lists */
  GPtrArray *segment_rows;

  /* Template widgets */
  AdwActionRow *empty_row;
  AdwExpanderRow *file_row;
  AdwActionRow *fit_row;
  GtkImage *fit_icon;
  AdwActionRow *rest_row;
  GtkButton *install;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (JmpFirmwareView, jmp_firmware_view, GTK_TYPE_BOX)

static const char *
crc_words (JmpCrcState crc)
{
  switch (crc) {
  case JMP_CRC_NONE:
    return C_ ("firmware file", "no check sum");
  case JMP_CRC_OK:
    return C_ ("firmware file", "check sum right");
  case JMP_CRC_BAD:
    return C_ ("firmware file", "check sum wrong");
  }
  return "";
}

static char *
describe_image (JmpImage *image)
{
  g_autofree char *content = jmp_words_image (image);
  g_autofree char *made_for = jmp_words_made_for (image);

  if (made_for == NULL)
    return g_strdup_printf ("%s · %s", content, crc_words (jmp_image_get_crc (image)));
  return g_strdup_printf ("%s · %s · %s", content, crc_words (jmp_image_get_crc (image)), made_for);
}

static void
add_row (JmpFirmwareView *self, const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup",
                                 FALSE,
                                 "title",
                                 title,
                                 "subtitle",
                                 subtitle,
                                 "title-selectable",
                                 TRUE,
                                 NULL);

  adw_expander_row_add_row (self->file_row, row);
  g_ptr_array_add (self->segment_rows, row);
}

/* The board's own name for it: what files call their targets is seldom of use. */
static char *
name_memory (JmpFirmwareView *self, guint8 alt_number)
{
  const JmpDfuInfo *info = jmp_device_get_info (jmp_session_get_device (self->session));
  const JmpDfuAlt *alt = info != NULL ? jmp_dfu_info_find_alt (info, alt_number) : NULL;

  return alt != NULL ? g_strdup (alt->name) : g_strdup_printf (_ ("Memory %u"), alt_number);
}

static void
add_target (JmpFirmwareView *self, const JmpImageTarget *target)
{
  g_autofree char *memory = name_memory (self, target->alt);

  for (guint i = 0; i < target->n_segments && self->segment_rows->len < MAX_SEGMENT_ROWS; i++) {
    const gsize size = g_bytes_get_size (target->segments[i].bytes);
    g_autofree char *range = jmp_words_range (target->segments[i].address, size);
    g_autofree char *amount = jmp_words_size (size);
    /* Translators: the size of a part of a file, and the memory that it is for. */
    g_autofree char *subtitle = g_strdup_printf (_ ("%s for %s"), amount, memory);

    add_row (self, range, subtitle);
  }
}

static guint
count_segments (JmpImage *image)
{
  guint n = 0;

  for (guint i = 0; i < jmp_image_get_n_targets (image); i++)
    n += jmp_image_get_target (image, i)->n_segments;
  return n;
}

static void
list_segments (JmpFirmwareView *self, JmpImage *image)
{
  const char *const *warnings;
  guint n;

  for (guint i = 0; i < self->segment_rows->len; i++)
    adw_expander_row_remove (self->file_row, g_ptr_array_index (self->segment_rows, i));
  g_ptr_array_set_size (self->segment_rows, 0);
  g_clear_pointer (&self->shown, jmp_image_unref);
  if (image == NULL)
    return;

  self->shown = jmp_image_ref (image);
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++)
    add_target (self, jmp_image_get_target (image, i));
  n = count_segments (image);
  if (n > self->segment_rows->len) {
    const guint more = n - self->segment_rows->len;
    g_autofree char *text = g_strdup_printf (
        ngettext ("And %u more part", "And %u more parts", more), more);

    add_row (self, text, "");
  }
  warnings = jmp_image_get_warnings (image);
  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    add_row (self, _ ("Unusual in This File"), warnings[i]);
}

static void
update_file (JmpFirmwareView *self)
{
  JmpImage *image = jmp_session_get_image (self->session);
  const char *name = jmp_session_get_file_name (self->session);
  g_autofree char *description = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->empty_row), name == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->file_row), name != NULL);
  if (name == NULL)
    return;
  if (image != NULL)
    description = describe_image (image);
  else if (jmp_session_get_state (self->session) == JMP_SESSION_READING)
    description = g_strdup (_ ("Reading the file…"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->file_row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_expander_row_set_subtitle (self->file_row, description != NULL ? description : "");
  if (image == self->shown)
    return;
  list_segments (self, image);
  /* Enabling also expands. */
  adw_expander_row_set_enable_expansion (self->file_row, image != NULL);
  adw_expander_row_set_expanded (self->file_row, FALSE);
}

static void
show_fit (JmpFirmwareView *self,
          const char *icon,
          const char *style,
          const char *title,
          const char *subtitle)
{
  const char *classes[] = { style, NULL };

  gtk_image_set_from_icon_name (self->fit_icon, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->fit_icon), classes);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fit_row), title);
  adw_action_row_set_subtitle (self->fit_row, subtitle);
}

static void
update_fit (JmpFirmwareView *self)
{
  const GError *problem = jmp_session_get_problem (self->session);
  JmpPlan *plan = jmp_session_get_plan (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->fit_row), plan != NULL || problem != NULL);
  if (plan != NULL) {
    g_autofree char *steps = jmp_status_plan (self->session);

    show_fit (self, "emblem-ok-symbolic", "success", _ ("Fits This Board"), steps);
  } else if (problem != NULL) {
    g_autofree char *details = jmp_words_error_details (problem);

    show_fit (self, "dialog-warning-symbolic", "warning", jmp_words_error (problem), details);
  }
}

/* What becomes of the bytes that the file does not name. */
static void
update_rest (JmpFirmwareView *self)
{
  JmpPlan *look = jmp_session_get_look (self->session);
  g_autofree char *losses = look != NULL ? jmp_status_losses (look) : NULL;
  g_autofree char *kept = look != NULL ? jmp_status_kept (self->session) : NULL;
  g_autofree char *why = losses != NULL ? g_strdup_printf (
                             _ ("%s The board can only erase whole sectors."), losses)
                                        : g_strdup ("");

  gtk_widget_set_visible (GTK_WIDGET (self->rest_row), losses != NULL || kept != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rest_row), kept != NULL ? kept : why);
  adw_action_row_set_subtitle (self->rest_row, kept != NULL ? why : "");
}

static void
update (JmpFirmwareView *self)
{
  g_autofree char *reason = jmp_status_obstacle (self->session);

  update_file (self);
  update_fit (self);
  update_rest (self);
  jmp_names_set_button_label (self->install, jmp_status_button (self->session));
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
  if (reason != NULL)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (self->install), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->install),
                                   GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
jmp_firmware_view_dispose (GObject *object)
{
  JmpFirmwareView *self = JMP_FIRMWARE_VIEW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, jmp_image_unref);
  g_clear_pointer (&self->segment_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_FIRMWARE_VIEW);
  G_OBJECT_CLASS (jmp_firmware_view_parent_class)->dispose (object);
}

static void
jmp_firmware_view_class_init (JmpFirmwareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_firmware_view_dispose;
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("firmware-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, empty_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, file_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, fit_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, fit_icon);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, rest_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, install);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, reason);
}

static void
jmp_firmware_view_init (JmpFirmwareView *self)
{
  self->segment_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  adw_expander_row_set_enable_expansion (self->file_row, FALSE);
}

/**
 * jmp_firmware_view_set_session:
 * @self: a view
 * @session: a board's session
 *
 * Says whose firmware is shown; once.
 */
void
jmp_firmware_view_set_session (JmpFirmwareView *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
