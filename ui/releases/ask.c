/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "releases/ask.h"

#include "draw/text-layout.h"
#include "session/consent.h"
#include "window/names.h"
#include "words/words-regions.h"

#include <glib/gi18n-lib.h>

#define ACCEPT "accept"
#define CANCEL "cancel"

/* --- What has to be agreed to --- */

/* One after the other; freed with the last dialog. */
typedef struct {
  GtkWindow *parent; /* borrowed, weak */
  JmpSession *session;
  JmpFirmwareLoader *loader; /* what was asked about */
  GPtrArray *list;
  guint next;
} Asking;

static void ask_next (Asking *self);

static void
asking_free (Asking *self)
{
  g_clear_weak_pointer (&self->parent);
  g_object_unref (self->session);
  jmp_firmware_loader_unref (self->loader);
  g_ptr_array_unref (self->list);
  g_free (self);
}

/* Other firmware may have been chosen, or the board unplugged, while the question stood there. */
static void
finish (Asking *self)
{
  if (jmp_session_get_loader (self->session) == self->loader) {
    jmp_session_agree (self->session);
    jmp_session_begin (self->session);
  }
  asking_free (self);
}

static void
response_cb (Asking *self, const char *response)
{
  if (!g_str_equal (response, ACCEPT)) {
    asking_free (self);
    return;
  }
  ask_next (self);
}

static gboolean
is_typed (GtkEditable *entry, const char *word)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  g_autofree char *typed = g_utf8_casefold (text, -1);
  g_autofree char *wanted = g_utf8_casefold (word, -1);

  return g_str_equal (typed, wanted);
}

static void
typed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  const char *word = g_object_get_data (G_OBJECT (entry), "jmp-word");

  adw_message_dialog_set_response_enabled (dialog, ACCEPT, is_typed (entry, word));
}

/* What cannot be had again is only done for who types its name. */
static void
add_entry (AdwMessageDialog *dialog, const char *word)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry = adw_entry_row_new ();
  /* Translators: %s is a word that has to be typed as it stands there. */
  g_autofree char *title = g_strdup_printf (_ ("Type “%s” to Go On"), word);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (entry), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  g_object_set_data_full (G_OBJECT (entry), "jmp-word", g_strdup (word), g_free);
  g_signal_connect_object (entry, "changed", G_CALLBACK (typed_cb), dialog, 0);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  jmp_names_label_entry_row (entry);
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_set_response_enabled (dialog, ACCEPT, FALSE);
}

static void
kept_cb (Asking *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  GtkRoot *dialog = gtk_widget_get_root (GTK_WIDGET (toggle));
  g_autofree char *body = NULL;

  jmp_session_set_backup_first (self->session, gtk_switch_get_active (toggle));
  body = jmp_consent_files_body (self->session);
  if (body != NULL)
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
}

/* What can be had again is kept first, unless the person does not want it. */
static void
add_backup_switch (AdwMessageDialog *dialog, Asking *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();
  const char *title = _ ("Make a Backup First");

  gtk_switch_set_active (GTK_SWITCH (toggle), jmp_session_get_backup_first (self->session));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("Everything that is on the board now is kept on this computer "
                                  "before anything is changed."));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  jmp_text_layout_use (row);
  adw_message_dialog_set_extra_child (dialog, list);
  g_signal_connect_swapped (toggle, "notify::active", G_CALLBACK (kept_cb), self);
}

static void
ask_next (Asking *self)
{
  const JmpConsent *consent;
  AdwMessageDialog *dialog;

  if (self->next == self->list->len) {
    finish (self);
    return;
  }
  consent = self->list->pdata[self->next++];
  dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (self->parent, consent->heading, consent->body));
  adw_message_dialog_add_responses (dialog, CANCEL, _ ("_Cancel"), ACCEPT, consent->accept, NULL);
  adw_message_dialog_set_response_appearance (dialog, ACCEPT, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, CANCEL);
  if (consent->word != NULL)
    add_entry (dialog, consent->word);
  else if (consent->kind == JMP_CONSENT_FILES && jmp_session_can_back_up (self->session))
    add_backup_switch (dialog, self);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * jmp_ask_and_start:
 * @parent: the window
 * @session: a session that emitted "asking"
 *
 * Asks what has to be agreed to, and then presses the main button again.
 */
void
jmp_ask_and_start (GtkWindow *parent, JmpSession *session)
{
  Asking *self = g_new0 (Asking, 1);

  g_set_weak_pointer (&self->parent, parent);
  self->session = g_object_ref (session);
  self->loader = jmp_firmware_loader_ref (jmp_session_get_loader (session));
  self->list = jmp_consent_list (session);
  ask_next (self);
}

/* --- Read protection --- */

static void
unprotect_response_cb (JmpSession *session, const char *response)
{
  if (g_str_equal (response, ACCEPT))
    jmp_session_unprotect (session);
}

/**
 * jmp_ask_to_unprotect:
 * @parent: the window
 * @session: a session whose board is protected
 *
 * Says what is lost with the read protection, and takes it off for who types it.
 */
void
jmp_ask_to_unprotect (GtkWindow *parent, JmpSession *session)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      parent, _ ("Remove the Read Protection?"), jmp_words_unprotect_loss ()));

  adw_message_dialog_add_responses (
      dialog, CANCEL, _ ("_Cancel"), ACCEPT, _ ("_Erase Everything"), NULL);
  adw_message_dialog_set_response_appearance (dialog, ACCEPT, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, CANCEL);
  /* Translators: has to be typed, to confirm that everything on a board is erased. */
  add_entry (dialog, C_ ("to be typed", "erase everything"));
  g_signal_connect_object (
      dialog, "response", G_CALLBACK (unprotect_response_cb), session, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Where bytes belong --- */

static gboolean
parse_address (const char *text, guint32 *out)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  const char *digits = g_ascii_strncasecmp (plain, "0x", 2) == 0 ? plain + 2 : plain;
  guint64 value;

  if (!g_ascii_string_to_unsigned (digits, 16, 0, G_MAXUINT32, &value, NULL))
    return FALSE;
  *out = (guint32)value;
  return TRUE;
}

static void
address_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  guint32 address;

  adw_message_dialog_set_response_enabled (
      dialog, ACCEPT, parse_address (gtk_editable_get_text (entry), &address));
}

static void
address_response_cb (AdwMessageDialog *dialog, const char *response, JmpSession *session)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (dialog), "jmp-entry");
  guint32 address;

  if (g_str_equal (response, ACCEPT) && parse_address (gtk_editable_get_text (entry), &address))
    jmp_session_set_address (session, address);
}

/* Where the main memory begins, for who has no better idea. */
static gboolean
find_start (JmpSession *session, guint32 *address)
{
  const JmpDfuInfo *info = jmp_device_get_info (jmp_session_get_device (session));
  const JmpDfuAlt *alt = info != NULL && info->alts->len > 0 ? info->alts->pdata[0] : NULL;
  JmpSector sector;

  if (alt == NULL || alt->layout == NULL || jmp_layout_get_n_sectors (alt->layout) == 0)
    return FALSE;
  if (!jmp_layout_get_sector (alt->layout, 0, &sector))
    return FALSE;
  *address = sector.address;
  return TRUE;
}

static char *
explain_address (gboolean has_guess, const JmpRawGuess *guess)
{
  if (has_guess && guess->certain)
    return g_strdup (_ ("The file is bytes without an address. What is in it says that it belongs "
                        "here."));
  if (has_guess)
    return g_strdup (_ ("The file is bytes without an address. What is in it suggests this one; "
                        "whoever made the file knows for certain."));
  return g_strdup (_ ("The file is bytes without an address. Whoever made the file knows it; most "
                      "programs belong at the start of the memory."));
}

/**
 * jmp_ask_for_address:
 * @parent: the window
 * @session: a session whose firmware is bytes without an address
 *
 * Asks where the bytes belong, with what they suggest as the answer, and reads the file again.
 */
void
jmp_ask_for_address (GtkWindow *parent, JmpSession *session)
{
  JmpRawGuess guess;
  const gboolean has_guess = jmp_session_get_guess (session, &guess);
  g_autofree char *body = explain_address (has_guess, &guess);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (parent, _ ("Where Does This File Belong?"), body));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry = adw_entry_row_new ();
  guint32 address = 0;

  adw_message_dialog_add_responses (
      dialog, CANCEL, _ ("_Cancel"), ACCEPT, _ ("_Use This Address"), NULL);
  adw_message_dialog_set_response_appearance (dialog, ACCEPT, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, ACCEPT);
  adw_message_dialog_set_close_response (dialog, CANCEL);
  adw_message_dialog_set_response_enabled (dialog, ACCEPT, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Address"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  jmp_names_label_entry_row (entry);
  adw_message_dialog_set_extra_child (dialog, list);
  g_object_set_data (G_OBJECT (dialog), "jmp-entry", entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (address_changed_cb), dialog, 0);
  if (has_guess || find_start (session, &address)) {
    g_autofree char *text = g_strdup_printf ("0x%08X", has_guess ? guess.address : address);

    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  }
  g_signal_connect_object (dialog, "response", G_CALLBACK (address_response_cb), session, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Which of several places --- */

static void
place_toggled_cb (AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, ACCEPT, TRUE);
}

static void
place_response_cb (AdwMessageDialog *dialog, const char *response, JmpSession *session)
{
  GtkWidget *list = adw_message_dialog_get_extra_child (dialog);
  GtkWidget *row;

  if (!g_str_equal (response, ACCEPT))
    return;
  for (row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    GtkWidget *check = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check))) {
      jmp_session_set_place (
          session, (guint8)GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "jmp-alt")));
      return;
    }
  }
}

/* The board's own name for the place. */
static GtkWidget *
make_place (const JmpDfuInfo *info, guint8 number, GtkWidget **group)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info, number);
  g_autofree char *name = alt != NULL && alt->name != NULL
                              ? g_strdup (alt->name)
                              : g_strdup_printf (_ ("Memory %u"), number);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  if (*group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (*group));
  *group = check;
  g_object_set_data (G_OBJECT (check), "jmp-alt", GUINT_TO_POINTER (number));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

/**
 * jmp_ask_for_place:
 * @parent: the window
 * @session: a session whose firmware fits several places of its board
 *
 * Asks which of them is meant; none is suggested.
 */
void
jmp_ask_for_place (GtkWindow *parent, JmpSession *session)
{
  const JmpDfuInfo *info = jmp_device_get_info (jmp_session_get_device (session));
  const GArray *places = jmp_session_get_places (session);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (parent,
                              _ ("Where Does This File Belong?"),
                              _ ("It fits several places of this board. Whoever made the file "
                                 "knows which one it is for.")));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *group = NULL;

  adw_message_dialog_add_responses (
      dialog, CANCEL, _ ("_Cancel"), ACCEPT, _ ("_Use This Place"), NULL);
  adw_message_dialog_set_response_appearance (dialog, ACCEPT, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, CANCEL);
  adw_message_dialog_set_response_enabled (dialog, ACCEPT, FALSE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < places->len; i++) {
    gtk_list_box_append (GTK_LIST_BOX (list),
                         make_place (info, g_array_index (places, guint8, i), &group));
    g_signal_connect_object (
        group, "toggled", G_CALLBACK (place_toggled_cb), dialog, G_CONNECT_SWAPPED);
  }
  adw_message_dialog_set_extra_child (dialog, list);
  g_signal_connect_object (dialog, "response", G_CALLBACK (place_response_cb), session, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
