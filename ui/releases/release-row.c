/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "releases/release-row.h"

#include "draw/resource.h"
#include "releases/offer.h"
#include "releases/versions-window.h"
#include "session/status.h"
#include "words/words-releases.h"

#include <glib/gi18n-lib.h>

struct _JmpReleaseRow {
  AdwExpanderRow parent;

  /* Owned references */
  JmpSession *session;
  JmpRelease *shown;

  /* Template widgets */
  GtkSpinner *spinner;
  GtkWidget *choose;
  GtkWidget *use;
  GtkLabel *change;
  GtkLabel *trust;
  GtkLabel *notes;
  GtkLinkButton *link;

  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (JmpReleaseRow, jmp_release_row, ADW_TYPE_EXPANDER_ROW)

static void
use_cb (JmpReleaseRow *self)
{
  JmpOffer *offer = jmp_offer_get (self->session);

  if (offer != NULL)
    jmp_offer_choose_newest (offer);
}

static void
choose_cb (JmpReleaseRow *self)
{
  GtkWidget *window = jmp_versions_window_new (self->session);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

/* Of the release that is shown, where it was loaded. */
static const JmpFirmware *
loaded_release (JmpReleaseRow *self, const JmpRelease *release)
{
  const JmpFirmware *firmware = jmp_session_get_firmware (self->session);

  return firmware != NULL && firmware->release == release ? firmware : NULL;
}

static JmpRelease *
chosen_release (JmpSession *session)
{
  JmpFirmwareLoader *loader = jmp_session_get_loader (session);

  return loader != NULL ? jmp_firmware_loader_get_release (loader) : NULL;
}

static char *
describe (JmpReleaseRow *self, JmpOffer *offer, JmpRelease *release)
{
  guint64 size = 0;
  const gboolean here = jmp_offer_is_downloaded (offer, release, &size);
  g_autofree char *state = jmp_words_release_place (release, here, size);
  g_autofree char *day = jmp_words_day (release->date);
  JmpBoard *board = jmp_session_get_board (self->session);
  g_autofree char *variant = board != NULL && release->variant != NULL
                                 ? jmp_words_variant (board, release->variant)
                                 : NULL;
  const JmpFirmware *firmware = loaded_release (self, release);
  g_autoptr (GString) text = g_string_new (NULL);

  if (variant != NULL)
    g_string_append_printf (text, "%s · ", variant);
  if (*day != '\0')
    g_string_append_printf (text, "%s · ", day);
  g_string_append (text, state);
  if (firmware != NULL)
    g_string_append_printf (text, " · %s", jmp_words_trust_short (firmware->trust));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_trust (JmpReleaseRow *self, const JmpRelease *release)
{
  const JmpFirmware *firmware = loaded_release (self, release);
  g_autofree char *trust = firmware != NULL ? jmp_status_trust (firmware) : NULL;

  gtk_label_set_text (self->trust, trust != NULL ? trust : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trust), trust != NULL);
}

/* Enabling also expands, which is the person's to do. */
static void
allow_expansion (JmpReleaseRow *self, gboolean allow)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (self);

  if (adw_expander_row_get_enable_expansion (row) == allow)
    return;
  adw_expander_row_set_enable_expansion (row, allow);
  adw_expander_row_set_expanded (row, FALSE);
}

/* The notes are shown as they were written: nothing in them is markup. */
static void
show_notes (JmpReleaseRow *self, const JmpRelease *release)
{
  const char *version = jmp_session_get_version (self->session);
  g_autofree char *change = jmp_words_version_change (
      jmp_version_change (version, release->version), version, release->version);

  gtk_label_set_text (self->change, change != NULL ? change : "");
  gtk_widget_set_visible (GTK_WIDGET (self->change), change != NULL);
  gtk_label_set_text (self->notes, release->notes != NULL ? release->notes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notes), release->notes != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->link), release->notes_url != NULL);
  if (release->notes_url != NULL)
    gtk_link_button_set_uri (self->link, release->notes_url);
  allow_expansion (self,
                   change != NULL || release->notes != NULL || release->notes_url != NULL
                       || loaded_release (self, release) != NULL);
}

static void
show (JmpReleaseRow *self, JmpOffer *offer, JmpRelease *release, gboolean chosen)
{
  g_autofree char *title = jmp_words_release_name (release);
  g_autofree char *subtitle = describe (self, offer, release);
  const gboolean is_new = release != self->shown;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_visible (self->use, !chosen && !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), jmp_offer_is_looking (offer));
  gtk_spinner_set_spinning (self->spinner, jmp_offer_is_looking (offer));
  show_trust (self, release);
  show_notes (self, release);
  if (!is_new)
    return;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
  g_clear_pointer (&self->shown, jmp_release_unref);
  self->shown = jmp_release_ref (release);
}

static void
update (JmpReleaseRow *self)
{
  JmpOffer *offer = jmp_offer_get (self->session);
  JmpRelease *chosen = chosen_release (self->session);
  JmpRelease *release = chosen != NULL  ? chosen
                        : offer != NULL ? jmp_offer_get_newest (offer)
                                        : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), release != NULL);
  if (release != NULL)
    show (self, offer, release, release == chosen);
}

static void
follow_offer (JmpReleaseRow *self)
{
  JmpOffer *offer = jmp_offer_get (self->session);

  if (offer != NULL
      && g_signal_handler_find (offer, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self) == 0)
    g_signal_connect_object (offer, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
jmp_release_row_dispose (GObject *object)
{
  JmpReleaseRow *self = JMP_RELEASE_ROW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, jmp_release_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_RELEASE_ROW);
  G_OBJECT_CLASS (jmp_release_row_parent_class)->dispose (object);
}

static void
jmp_release_row_class_init (JmpReleaseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_release_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("releases/release-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpReleaseRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, JmpReleaseRow, choose);
  gtk_widget_class_bind_template_child (widget_class, JmpReleaseRow, use);
  gtk_widget_class_bind_template_child (widget_class, JmpReleaseRow, trust);
  gtk_widget_class_bind_template_child (widget_class, JmpReleaseRow, change);
  gtk_widget_class_bind_template_child (widget_class, JmpReleaseRow, notes);
  gtk_widget_class_bind_template_child (widget_class, JmpReleaseRow, link);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
}

static void
jmp_release_row_init (JmpReleaseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_release_row_set_session:
 * @self: a row
 * @session: a board's session
 *
 * Says whose release it is; once.
 */
void
jmp_release_row_set_session (JmpReleaseRow *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (follow_offer), self, G_CONNECT_SWAPPED);
  follow_offer (self);
}

/**
 * jmp_release_row_set_narrow:
 * @self: a row
 * @narrow: whether there is little room
 *
 * Where there is little, the name comes first, and the newest release is chosen as any other is.
 */
void
jmp_release_row_set_narrow (JmpReleaseRow *self, gboolean narrow)
{
  self->narrow = narrow;
  if (self->session != NULL)
    update (self);
}
