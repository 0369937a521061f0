/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "releases/kind-row.h"

#include "draw/resource.h"
#include "releases/kind-window.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

struct _JmpKindRow {
  AdwActionRow parent;

  /* Owned references */
  JmpSession *session;

  /* Template widgets */
  GtkButton *choose;
};

G_DEFINE_FINAL_TYPE (JmpKindRow, jmp_kind_row, ADW_TYPE_ACTION_ROW)

static void
choose_cb (JmpKindRow *self)
{
  GtkWidget *window = jmp_kind_window_new (self->session);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_present (GTK_WINDOW (window));
}

static char *
describe_unknown (JmpSession *session)
{
  const JmpChoice *choice = jmp_session_get_choice (session);
  const JmpDeviceMode mode = jmp_device_get_mode (jmp_session_get_device (session));
  const guint n = choice != NULL ? choice->candidates->len : 0;

  if (choice != NULL && choice->contradiction)
    return g_strdup (_ ("What is known of it does not agree. Say which board it is."));
  /* Before it is in DFU mode, nobody has looked. */
  if (n == 0 && mode != JMP_DEVICE_DFU)
    return g_strdup (jmp_words_mode (mode));
  if (n == 0)
    return g_strdup (_ ("No board of the list looks like it; firmware files can be installed."));
  return g_strdup_printf (
      ngettext ("%u board looks like this one. Say which it is to see its firmware.",
                "%u boards look like this one. Say which it is to see its firmware.",
                n),
      n);
}

static char *
describe_known (JmpSession *session, JmpBoard *board)
{
  const char *code = jmp_session_get_variant (session);
  const char *version = jmp_session_get_version (session);
  g_autofree char *variant = jmp_words_variant (board, code);

  if (version == NULL)
    return code == NULL ? g_strdup_printf ("%s · %s", board->vendor, board->id)
                        : g_strdup_printf ("%s · %s · %s", board->vendor, board->id, variant);
  /* Translators: maker, short name, and the version that is on the board. */
  return g_strdup_printf (_ ("%s · %s · version %s is on it"), board->vendor, board->id, version);
}

static void
update (JmpKindRow *self)
{
  JmpBoard *board = jmp_session_get_board (self->session);
  g_autofree char *subtitle = NULL;

  subtitle = board != NULL ? describe_known (self->session, board)
                           : describe_unknown (self->session);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 board != NULL ? board->product : _ ("Which Board Is This?"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_button_set_label (self->choose, board != NULL ? _ ("Change…") : _ ("Choose…"));
}

static void
jmp_kind_row_dispose (GObject *object)
{
  JmpKindRow *self = JMP_KIND_ROW (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_KIND_ROW);
  G_OBJECT_CLASS (jmp_kind_row_parent_class)->dispose (object);
}

static void
jmp_kind_row_class_init (JmpKindRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_kind_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("releases/kind-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpKindRow, choose);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
jmp_kind_row_init (JmpKindRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jmp_kind_row_set_session:
 * @self: a row
 * @session: a board's session
 *
 * Says whose board it is; once.
 */
void
jmp_kind_row_set_session (JmpKindRow *self, JmpSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
