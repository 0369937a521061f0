/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "releases/versions-window.h"

#include "draw/resource.h"
#include "releases/offer.h"
#include "words/words-releases.h"

#include <glib/gi18n-lib.h>

#define RELEASE_KEY "jmp-release"
#define VARIANT_KEY "jmp-variant"

struct _JmpVersionsWindow {
  AdwWindow parent;

  /* Owned references */
  JmpSession *session;
  JmpOffer *offer;
  char *variant; /* whose versions are listed */

  /* Template widgets */
  GtkWidget *refresh;
  GtkSpinner *spinner;
  GtkWidget *variants_box;
  GtkListBox *variants;
  GtkListBox *list;

  GtkCheckButton *first; /* of the variants, borrowed */
};

G_DEFINE_FINAL_TYPE (JmpVersionsWindow, jmp_versions_window, ADW_TYPE_WINDOW)

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

/* --- Versions --- */

static void
add_mark (AdwActionRow *row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  adw_action_row_add_suffix (row, label);
}

/* What a version is to the one on the board. */
static const char *
mark_of (JmpVersionsWindow *self, const JmpRelease *release)
{
  switch (jmp_version_change (jmp_session_get_version (self->session), release->version)) {
  case JMP_CHANGE_SAME:
    return C_ ("version", "on the board");
  case JMP_CHANGE_DOWNGRADE:
    return C_ ("version", "downgrade");
  case JMP_CHANGE_UPGRADE:
  case JMP_CHANGE_UNKNOWN:
    break;
  }
  return release->channel == JMP_CHANNEL_PREVIEW ? C_ ("version", "preview") : NULL;
}

static void
add_release (JmpVersionsWindow *self, JmpRelease *release)
{
  GtkWidget *row = adw_action_row_new ();
  guint64 size = 0;
  const gboolean here = jmp_offer_is_downloaded (self->offer, release, &size);
  g_autofree char *title = jmp_words_release_name (release);
  g_autofree char *state = jmp_words_release_place (release, here, size);
  g_autofree char *day = jmp_words_day (release->date);
  g_autofree char *subtitle = *day != '\0' ? g_strdup_printf ("%s · %s", day, state)
                                           : g_strdup (state);
  const char *mark = mark_of (self, release);

  g_object_set (
      row, "use-markup", FALSE, "title", title, "subtitle", subtitle, "activatable", TRUE, NULL);
  if (mark != NULL)
    add_mark (ADW_ACTION_ROW (row), mark);
  g_object_set_data_full (
      G_OBJECT (row), RELEASE_KEY, jmp_release_ref (release), (GDestroyNotify)jmp_release_unref);
  gtk_list_box_append (self->list, row);
}

static void
fill_versions (JmpVersionsWindow *self)
{
  g_autoptr (GPtrArray) releases = jmp_offer_list (self->offer, self->variant);

  clear (self->list);
  for (guint i = 0; i < releases->len; i++)
    add_release (self, releases->pdata[i]);
}

static void
row_activated_cb (JmpVersionsWindow *self, GtkListBoxRow *row)
{
  jmp_offer_choose (self->offer, g_object_get_data (G_OBJECT (row), RELEASE_KEY));
  gtk_window_close (GTK_WINDOW (self));
}

/* --- Variants --- */

static void
variant_toggled_cb (JmpVersionsWindow *self, GtkCheckButton *button)
{
  if (!gtk_check_button_get_active (button))
    return;
  g_free (self->variant);
  self->variant = g_strdup (g_object_get_data (G_OBJECT (button), VARIANT_KEY));
  fill_versions (self);
}

static void
add_variant (JmpVersionsWindow *self, const char *variant)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *words = variant != NULL
                               ? jmp_words_variant (jmp_session_get_board (self->session), variant)
                               : g_strdup (_ ("Standard Firmware"));

  g_object_set (row, "use-markup", FALSE, "title", words, "subtitle", variant, NULL);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (self->first == NULL)
    self->first = GTK_CHECK_BUTTON (check);
  else
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->first);
  g_object_set_data_full (G_OBJECT (check), VARIANT_KEY, g_strdup (variant), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_strcmp0 (variant, self->variant) == 0);
  g_signal_connect_object (
      check, "toggled", G_CALLBACK (variant_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_list_box_append (self->variants, row);
}

/* The standard one first: it is right for who does not know. */
static void
fill_variants (JmpVersionsWindow *self)
{
  g_auto (GStrv) variants = jmp_offer_list_variants (self->offer);

  add_variant (self, NULL);
  for (guint i = 0; variants[i] != NULL; i++)
    add_variant (self, variants[i]);
  gtk_widget_set_visible (self->variants_box, variants[0] != NULL);
}

static void
update_looking (JmpVersionsWindow *self)
{
  const gboolean looking = jmp_offer_is_looking (self->offer);

  gtk_spinner_set_spinning (self->spinner, looking);
  gtk_widget_set_sensitive (self->refresh, !looking);
}

static void
offer_changed_cb (JmpVersionsWindow *self)
{
  update_looking (self);
  fill_versions (self);
}

static void
refresh_cb (JmpVersionsWindow *self)
{
  jmp_offer_refresh (self->offer);
}

/* --- The object --- */

static void
jmp_versions_window_dispose (GObject *object)
{
  JmpVersionsWindow *self = JMP_VERSIONS_WINDOW (object);

  g_clear_object (&self->offer);
  g_clear_object (&self->session);
  g_clear_pointer (&self->variant, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_VERSIONS_WINDOW);
  G_OBJECT_CLASS (jmp_versions_window_parent_class)->dispose (object);
}

static void
jmp_versions_window_class_init (JmpVersionsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_versions_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("releases/versions-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpVersionsWindow, refresh);
  gtk_widget_class_bind_template_child (widget_class, JmpVersionsWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, JmpVersionsWindow, variants_box);
  gtk_widget_class_bind_template_child (widget_class, JmpVersionsWindow, variants);
  gtk_widget_class_bind_template_child (widget_class, JmpVersionsWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, refresh_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
jmp_versions_window_init (JmpVersionsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_versions_window_new:
 * @session: the session of a board that is known
 *
 * Returns: (transfer full): a window
 */
GtkWidget *
jmp_versions_window_new (JmpSession *session)
{
  JmpVersionsWindow *self = g_object_new (JMP_TYPE_VERSIONS_WINDOW, NULL);
  JmpBoard *board = jmp_session_get_board (session);

  self->session = g_object_ref (session);
  self->offer = g_object_ref (jmp_offer_get (session));
  self->variant = g_strdup (jmp_session_get_variant (session));
  if (board != NULL)
    gtk_window_set_title (GTK_WINDOW (self), board->product);
  fill_variants (self);
  fill_versions (self);
  update_looking (self);
  g_signal_connect_object (
      self->offer, "changed", G_CALLBACK (offer_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
