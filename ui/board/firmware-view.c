/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "board/firmware-view.h"

#include "backups/backup-first-row.h"
#include "draw/resource.h"
#include "draw/text-layout.h"
#include "preferences/settings.h"
#include "releases/ask.h"
#include "releases/kind-row.h"
#include "releases/load-row.h"
#include "releases/offer.h"
#include "releases/release-row.h"
#include "session/consent.h"
#include "session/status.h"
#include "window/names.h"
#include "words/words-releases.h"
#include "words/words.h"

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
  JmpKindRow *kind_row;
  AdwActionRow *advice_row;
  GtkImage *advice_icon;
  AdwActionRow *empty_row;
  JmpReleaseRow *release_row;
  AdwActionRow *offline_row;
  AdwExpanderRow *file_row;
  JmpLoadRow *load_row;
  AdwActionRow *fit_row;
  GtkImage *fit_icon;
  GtkWidget *address;
  AdwActionRow *rest_row;
  JmpBackupFirstRow *backup_first;
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

  jmp_text_layout_use (row);
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

static JmpRelease *
chosen_release (JmpFirmwareView *self)
{
  JmpFirmwareLoader *loader = jmp_session_get_loader (self->session);

  return loader != NULL ? jmp_firmware_loader_get_release (loader) : NULL;
}

/* What is in the file; of a release only for experts, under the name that the file has. */
static void
update_file (JmpFirmwareView *self)
{
  JmpImage *image = jmp_session_get_image (self->session);
  const JmpRelease *release = chosen_release (self);
  const char *name = release != NULL ? release->file_name
                                     : jmp_session_get_firmware_name (self->session);
  const gboolean visible = name != NULL
                           && (release == NULL
                               || (image != NULL
                                   && jmp_settings_get_boolean (JMP_SETTING_EXPERT_DETAILS)));
  g_autofree char *description = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->file_row), visible);
  if (!visible)
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
show_row (AdwActionRow *row,
          GtkImage *image,
          const char *icon,
          const char *style,
          const char *title,
          const char *subtitle)
{
  const char *classes[] = { style, NULL };

  gtk_image_set_from_icon_name (image, icon);
  gtk_widget_set_css_classes (GTK_WIDGET (image), classes);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
}

static void
show_problem (JmpFirmwareView *self, const GError *problem, gboolean wants_address)
{
  g_autofree char *details = jmp_status_problem (self->session);

  show_row (self->fit_row,
            self->fit_icon,
            wants_address ? "dialog-question-symbolic" : "dialog-warning-symbolic",
            "warning",
            wants_address ? _ ("Where Does This File Belong?") : jmp_words_error (problem),
            details);
}

static void
update_fit (JmpFirmwareView *self)
{
  const GError *problem = jmp_session_get_problem (self->session);
  JmpPlan *plan = jmp_session_is_plan_over (self->session) ? NULL
                                                           : jmp_session_get_plan (self->session);
  const gboolean wants_address = jmp_session_wants_address (self->session)
                                 || jmp_session_wants_place (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->fit_row), plan != NULL || problem != NULL);
  gtk_widget_set_visible (self->address, plan == NULL && wants_address);
  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->address))),
                      jmp_session_wants_place (self->session) ? _ ("Choose…")
                                                              : _ ("Enter Address…"));
  if (plan != NULL) {
    const gboolean asks = jmp_consent_is_needed (self->session);
    g_autofree char *kept = jmp_status_kept (self->session);
    g_autofree char *plan_text = jmp_status_plan (self->session);
    g_autofree char *steps = kept != NULL ? g_strdup_printf ("%s %s", kept, plan_text)
                                          : g_strdup (plan_text);

    show_row (self->fit_row,
              self->fit_icon,
              asks ? "dialog-warning-symbolic" : "emblem-ok-symbolic",
              asks ? "warning" : "success",
              _ ("Fits This Board"),
              steps);
  } else if (problem != NULL) {
    show_problem (self, problem, wants_address);
  }
}

/* The catalogue's most serious word about the board. */
static void
update_advice (JmpFirmwareView *self)
{
  const JmpBoard *board = jmp_session_get_board (self->session);
  const JmpAdvice *advice = board != NULL && board->advice->len > 0
                                ? &g_array_index (board->advice, JmpAdvice, 0)
                                : NULL;
  g_autofree char *words = advice != NULL ? jmp_words_advice (advice) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->advice_row), advice != NULL);
  if (advice == NULL)
    return;
  if (advice->kind == JMP_ADVICE_NOTE)
    show_row (self->advice_row,
              self->advice_icon,
              "dialog-information-symbolic",
              NULL,
              _ ("Good to Know"),
              words);
  else
    show_row (self->advice_row,
              self->advice_icon,
              "dialog-warning-symbolic",
              "warning",
              advice->kind == JMP_ADVICE_REFUSE ? _ ("Not Advised for This Board")
                                                : _ ("Before You Update"),
              words);
}

/* What is taken away beside what is written. */
static void
update_rest (JmpFirmwareView *self)
{
  JmpPlan *look = jmp_session_is_plan_over (self->session) ? NULL
                                                           : jmp_session_get_look (self->session);
  /* Of a board that is known, what is not code is kept, and told of beside the fit. */
  g_autofree char *losses = look != NULL && jmp_session_get_board (self->session) == NULL
                                ? jmp_status_losses (look)
                                : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->rest_row), losses != NULL);
  if (losses == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rest_row), losses);
  adw_action_row_set_subtitle (self->rest_row, _ ("The board can only erase whole sectors."));
}

/* --- Releases --- */

static void
update_releases (JmpFirmwareView *self)
{
  JmpOffer *offer = jmp_offer_get (self->session);
  const gboolean known = offer != NULL && jmp_session_get_board (self->session) != NULL;
  const GError *problem = known ? jmp_offer_get_problem (offer) : NULL;
  g_autofree char *text = problem != NULL ? jmp_status_offer (offer) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->kind_row),
                          jmp_session_get_library (self->session) != NULL
                              && jmp_session_get_board (self->session) == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_row),
                          jmp_session_get_loader (self->session) == NULL
                              && (!known || jmp_offer_get_newest (offer) == NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->offline_row), problem != NULL);
  if (problem == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->offline_row),
                                 jmp_words_error (problem));
  adw_action_row_set_subtitle (self->offline_row, text);
}

static void
refresh_cb (JmpFirmwareView *self)
{
  jmp_offer_refresh (jmp_offer_get (self->session));
}

static void
address_cb (JmpFirmwareView *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (jmp_session_wants_place (self->session))
    jmp_ask_for_place (window, self->session);
  else
    jmp_ask_for_address (window, self->session);
}

static void
asking_cb (JmpFirmwareView *self)
{
  jmp_ask_and_start (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session);
}

/* --- All of it --- */

static void
follow_offer (JmpFirmwareView *self)
{
  JmpOffer *offer = jmp_offer_get (self->session);

  if (offer != NULL
      && g_signal_handler_find (offer, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self) == 0)
    g_signal_connect_object (
        offer, "changed", G_CALLBACK (update_releases), self, G_CONNECT_SWAPPED);
}

static void
update (JmpFirmwareView *self)
{
  follow_offer (self);
  update_advice (self);
  update_releases (self);
  update_file (self);
  update_fit (self);
  update_rest (self);
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
  g_type_ensure (JMP_TYPE_BACKUP_FIRST_ROW);
  g_type_ensure (JMP_TYPE_KIND_ROW);
  g_type_ensure (JMP_TYPE_LOAD_ROW);
  g_type_ensure (JMP_TYPE_RELEASE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("board/firmware-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, kind_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, advice_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, advice_icon);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, release_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, offline_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, load_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, address);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, empty_row);
  gtk_widget_class_bind_template_callback (widget_class, refresh_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_cb);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, file_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, fit_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, fit_icon);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, rest_row);
  gtk_widget_class_bind_template_child (widget_class, JmpFirmwareView, backup_first);
}

static void
jmp_firmware_view_init (JmpFirmwareView *self)
{
  self->segment_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  /* With large text it would be wider than the window may be. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->address))), TRUE);
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
  jmp_kind_row_set_session (self->kind_row, session);
  jmp_release_row_set_session (self->release_row, session);
  jmp_load_row_set_session (self->load_row, session);
  jmp_backup_first_row_set_session (self->backup_first, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "asking", G_CALLBACK (asking_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * jmp_firmware_view_set_narrow:
 * @self: a view
 * @narrow: whether there is little room
 *
 * Leaves out what can be done elsewhere, too, where there is little.
 */
void
jmp_firmware_view_set_narrow (JmpFirmwareView *self, gboolean narrow)
{
  jmp_release_row_set_narrow (self->release_row, narrow);
}
