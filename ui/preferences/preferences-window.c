/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "preferences/preferences-window.h"

#include "draw/resource.h"
#include "preferences/library-task.h"
#include "preferences/settings.h"
#include "preferences/source-window.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

#define SOURCE_KEY "jmp-source"

struct _JmpPreferencesWindow {
  AdwPreferencesWindow parent;

  /* Owned references */
  JmpLibrary *library;
  GPtrArray *sources; /* of #JmpSource: the person's own */
  GPtrArray *rows;    /* of the sources, borrowed */

  /* Template widgets */
  GtkSwitch *look;
  GtkSwitch *previews;
  GtkSwitch *backup;
  GtkSwitch *expert;
  AdwPreferencesGroup *group;
  GtkWidget *add;
  AdwActionRow *cache_row;
  GtkWidget *clear;
};

G_DEFINE_FINAL_TYPE (JmpPreferencesWindow, jmp_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
show_error (JmpPreferencesWindow *self, const GError *error)
{
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                    adw_toast_new (jmp_words_error (error)));
}

/* --- Sources --- */

static void fill_sources (JmpPreferencesWindow *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpPreferencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!jmp_library_task_finish (result, &error))
    show_error (self, error);
  /* What is kept is what is shown. */
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  self->sources = jmp_library_dup_sources (self->library);
  fill_sources (self);
}

static void
write_sources (JmpPreferencesWindow *self, GPtrArray *sources)
{
  jmp_library_write_sources_async (self->library, sources, written_cb, g_object_ref (self));
}

static GPtrArray *
copy_without (JmpPreferencesWindow *self, JmpSource *without)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);

  for (guint i = 0; i < self->sources->len; i++) {
    if (self->sources->pdata[i] != without)
      g_ptr_array_add (copy, jmp_source_ref (self->sources->pdata[i]));
  }
  return copy;
}

/* A source that was edited takes the place of what it was. */
static void
source_made_cb (JmpPreferencesWindow *self, JmpSource *source, JmpSourceWindow *window)
{
  g_autoptr (GPtrArray) sources = copy_without (self, jmp_source_window_get_source (window));

  g_ptr_array_add (sources, jmp_source_ref (source));
  write_sources (self, sources);
}

static void
open_source (JmpPreferencesWindow *self, JmpSource *source)
{
  GtkWidget *window = jmp_source_window_new (
      source, jmp_library_get_catalogue (self->library), self->sources);

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
  g_signal_connect_object (window, "made", G_CALLBACK (source_made_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
add_cb (JmpPreferencesWindow *self)
{
  open_source (self, NULL);
}

static void
row_activated_cb (JmpPreferencesWindow *self, AdwActionRow *row)
{
  open_source (self, g_object_get_data (G_OBJECT (row), SOURCE_KEY));
}

static void
remove_cb (JmpPreferencesWindow *self, GtkWidget *button)
{
  g_autoptr (GPtrArray)
      sources = copy_without (self, g_object_get_data (G_OBJECT (button), SOURCE_KEY));

  write_sources (self, sources);
}

static void
add_row (JmpPreferencesWindow *self, JmpSource *source)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *subtitle = g_strdup_printf (
      "%s · %s", jmp_words_source_kind (source->kind), source->url);
  /* Translators: %s is the name of a source of firmware. */
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), source->id);

  g_object_set (row,
                "use-markup",
                FALSE,
                "title",
                source->id,
                "subtitle",
                subtitle,
                "subtitle-lines",
                2,
                "activatable",
                TRUE,
                NULL);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Remove"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data (G_OBJECT (row), SOURCE_KEY, source);
  g_object_set_data (G_OBJECT (remove), SOURCE_KEY, source);
  g_signal_connect_object (
      row, "activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_sources (JmpPreferencesWindow *self)
{
  if (self->rows == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->sources->len; i++)
    add_row (self, self->sources->pdata[i]);
}

/* --- Downloads --- */

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpPreferencesWindow) self = user_data;
  const guint64 bytes = jmp_library_measure_finish (result);
  g_autofree char *size = jmp_words_size (bytes);

  if (self->cache_row == NULL)
    return;
  adw_action_row_set_subtitle (self->cache_row, bytes > 0 ? size : _ ("Nothing is kept."));
  gtk_widget_set_sensitive (self->clear, bytes > 0);
}

static void
clear_response_cb (JmpPreferencesWindow *self, const char *response)
{
  if (g_str_equal (response, "clear"))
    jmp_library_clear_async (self->library, measured_cb, g_object_ref (self));
}

static void
clear_cb (JmpPreferencesWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self),
      _ ("Clear the Downloads?"),
      _ ("Firmware that was downloaded is downloaded again when it is needed. Without a network it "
         "is not there."));

  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "clear", _ ("C_lear"), NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "clear", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (
      dialog, "response", G_CALLBACK (clear_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The object --- */

static gboolean
channel_to_switch (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_boolean (value, g_str_equal (g_variant_get_string (variant, NULL), "preview"));
  return TRUE;
}

static GVariant *
switch_to_channel (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_string (g_value_get_boolean (value) ? "preview" : "stable");
}

static void
bind (JmpPreferencesWindow *self)
{
  GSettings *settings = jmp_settings_get ();
  GtkSwitch *const switches[] = { self->look, self->previews, self->backup, self->expert };
  const char *const keys[] = {
    JMP_SETTING_LOOK_BY_ITSELF, NULL, JMP_SETTING_BACKUP_FIRST, JMP_SETTING_EXPERT_DETAILS
  };

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++) {
    /* Without a schema there is nothing to be kept. */
    gtk_widget_set_sensitive (GTK_WIDGET (switches[i]), settings != NULL);
    if (settings == NULL && keys[i] != NULL)
      gtk_switch_set_active (switches[i], jmp_settings_get_boolean (keys[i]));
    else if (keys[i] != NULL)
      g_settings_bind (settings, keys[i], switches[i], "active", G_SETTINGS_BIND_DEFAULT);
  }
  if (settings != NULL)
    g_settings_bind_with_mapping (settings,
                                  JMP_SETTING_CHANNEL,
                                  self->previews,
                                  "active",
                                  G_SETTINGS_BIND_DEFAULT,
                                  channel_to_switch,
                                  switch_to_channel,
                                  NULL,
                                  NULL);
}

static void
jmp_preferences_window_dispose (GObject *object)
{
  JmpPreferencesWindow *self = JMP_PREFERENCES_WINDOW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->library, jmp_library_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_PREFERENCES_WINDOW);
  G_OBJECT_CLASS (jmp_preferences_window_parent_class)->dispose (object);
}

static void
jmp_preferences_window_class_init (JmpPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("preferences/preferences-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpPreferencesWindow, look);
  gtk_widget_class_bind_template_child (widget_class, JmpPreferencesWindow, previews);
  gtk_widget_class_bind_template_child (widget_class, JmpPreferencesWindow, backup);
  gtk_widget_class_bind_template_child (widget_class, JmpPreferencesWindow, expert);
  gtk_widget_class_bind_template_child_full (
      widget_class, "sources", FALSE, G_STRUCT_OFFSET (JmpPreferencesWindow, group));
  gtk_widget_class_bind_template_child (widget_class, JmpPreferencesWindow, add);
  gtk_widget_class_bind_template_child (widget_class, JmpPreferencesWindow, cache_row);
  gtk_widget_class_bind_template_child (widget_class, JmpPreferencesWindow, clear);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
jmp_preferences_window_init (JmpPreferencesWindow *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_preferences_window_new:
 * @library: (nullable): the releases; %NULL when they could not be opened
 *
 * Returns: (transfer full): a window
 */
GtkWidget *
jmp_preferences_window_new (JmpLibrary *library)
{
  JmpPreferencesWindow *self = g_object_new (JMP_TYPE_PREFERENCES_WINDOW, NULL);

  bind (self);
  gtk_widget_set_sensitive (self->add, library != NULL);
  gtk_widget_set_sensitive (self->clear, FALSE);
  if (library == NULL)
    return GTK_WIDGET (self);
  self->library = jmp_library_ref (library);
  self->sources = jmp_library_dup_sources (library);
  fill_sources (self);
  jmp_library_measure_async (library, measured_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
