/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "welcome/welcome.h"

#include "draw/drawing.h"
#include "draw/resource.h"
#include "draw/wrap-box.h"
#include "window/names.h"

#include <glib/gi18n-lib.h>

#define N_PAGES   3
#define SHOWN_KEY "welcome-shown"

struct _JmpWelcome {
  AdwWindow parent;

  /* Template widgets */
  AdwCarousel *carousel;
  GtkWidget *skip;
  GtkWidget *back;
  GtkButton *next;

  GtkWidget *pages[N_PAGES];
  GtkWidget *texts[N_PAGES]; /* what is in them */
  guint page;
};

G_DEFINE_FINAL_TYPE (JmpWelcome, jmp_welcome, ADW_TYPE_WINDOW)

static const struct {
  const char *drawing;
  const char *picture;
  const char *title;
  const char *text;
} PAGES[N_PAGES] = {
  { "update",
    N_ ("A computer writes to a board over a cable; a check mark says that it is right."),
    N_ ("Welcome to Jumper"),
    N_ ("New firmware for pyboards and other STM32 boards. Every byte is read back from the board "
        "before the program says that it worked.") },
  { "map",
    N_ ("A map of a board's memory: two parts will be written, three are kept, one is empty."),
    N_ ("See It Before It Happens"),
    N_ ("The memory map shows what will be written, what will be erased and what is kept, before "
        "anything is changed. Your files are not lost by surprise.") },
  { "practice",
    N_ ("A board inside a window, with a dashed line around it."),
    N_ ("Try It Without a Board"),
    N_ ("A practice board lives in the program, one click away. Install on it, unplug it in the "
        "middle, let it go wrong: nothing can break.") },
};

/* --- Pages --- */

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 46);
  gtk_widget_add_css_class (label, style);
  return label;
}

/* The page takes the focus, so that it is read when it comes; Enter then presses the default button. */
static GtkWidget *
make_text (guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *drawing = jmp_drawing_new ();

  jmp_drawing_set (JMP_DRAWING (drawing), PAGES[i].drawing, _ (PAGES[i].picture));
  gtk_box_append (GTK_BOX (box), drawing);
  gtk_box_append (GTK_BOX (box), make_label (_ (PAGES[i].title), "title-1"));
  gtk_box_append (GTK_BOX (box), make_label (_ (PAGES[i].text), "body"));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_focusable (box, TRUE);
  gtk_widget_add_css_class (box, "silent-focus");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (PAGES[i].title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ (PAGES[i].text),
                                  -1);
  return box;
}

static GtkWidget *
make_page (GtkWidget *text, const char *title)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (
      GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), text);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

/* A page that cannot be seen cannot be reached either. */
static void
update (JmpWelcome *self)
{
  const gboolean last = self->page + 1 == N_PAGES;

  for (guint i = 0; i < N_PAGES; i++) {
    gtk_widget_set_can_focus (self->pages[i], i == self->page);
    gtk_accessible_update_state (
        GTK_ACCESSIBLE (self->pages[i]), GTK_ACCESSIBLE_STATE_HIDDEN, i != self->page, -1);
  }
  gtk_widget_set_visible (self->skip, !last);
  gtk_widget_set_visible (self->back, self->page > 0);
  jmp_names_set_button_label (self->next, last ? _ ("_Get Started") : _ ("_Next"));
}

static void
focus_page (JmpWelcome *self)
{
  gtk_widget_grab_focus (self->texts[self->page]);
}

/* Swiped, or where go_to() has led. */
static void
page_changed_cb (JmpWelcome *self, guint page)
{
  if (page == self->page || page >= N_PAGES)
    return;
  self->page = page;
  update (self);
}

/* libadwaita moves at once where animations are off. */
static void
go_to (JmpWelcome *self, guint page)
{
  self->page = page;
  update (self);
  adw_carousel_scroll_to (
      self->carousel, self->pages[page], adw_get_enable_animations (GTK_WIDGET (self)));
  focus_page (self);
}

static void
skip_cb (JmpWelcome *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
back_cb (JmpWelcome *self)
{
  if (self->page > 0)
    go_to (self, self->page - 1);
}

static void
next_cb (JmpWelcome *self)
{
  if (self->page + 1 < N_PAGES)
    go_to (self, self->page + 1);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (JMP_WELCOME (widget)->page + 1 < N_PAGES)
    next_cb (JMP_WELCOME (widget));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  back_cb (JMP_WELCOME (widget));
}

/* --- The object --- */

static void
jmp_welcome_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_WELCOME);
  G_OBJECT_CLASS (jmp_welcome_parent_class)->dispose (object);
}

static void
jmp_welcome_class_init (JmpWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_welcome_dispose;
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("welcome/welcome.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpWelcome, carousel);
  gtk_widget_class_bind_template_child (widget_class, JmpWelcome, skip);
  gtk_widget_class_bind_template_child (widget_class, JmpWelcome, back);
  gtk_widget_class_bind_template_child (widget_class, JmpWelcome, next);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_install_action (widget_class, "welcome.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "welcome.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "welcome.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "welcome.back", NULL);
}

static void
jmp_welcome_init (JmpWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  for (guint i = 0; i < N_PAGES; i++) {
    self->texts[i] = make_text (i);
    self->pages[i] = make_page (self->texts[i], _ (PAGES[i].title));
    adw_carousel_append (self->carousel, self->pages[i]);
  }
  update (self);
  focus_page (self);
}

/**
 * jmp_welcome_new:
 * @parent: (nullable): the window that it stands before
 *
 * Returns: (transfer floating): the welcome, at its first page
 */
GtkWidget *
jmp_welcome_new (GtkWindow *parent)
{
  return g_object_new (JMP_TYPE_WELCOME, "transient-for", parent, NULL);
}

/**
 * jmp_welcome_get_page:
 * @self: the welcome
 *
 * Returns: which page is shown, from 0
 */
guint
jmp_welcome_get_page (JmpWelcome *self)
{
  return self->page;
}

/* --- Once --- */

/* A program that was not installed has no schema, and asking for one that is missing would end it. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, JMP_APP_ID, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, SHOWN_KEY))
    return NULL;
  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * jmp_welcome_is_due:
 *
 * Returns: whether the program has a memory, and the welcome was never shown
 */
gboolean
jmp_welcome_is_due (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL && !g_settings_get_boolean (settings, SHOWN_KEY);
}

/**
 * jmp_welcome_set_shown:
 *
 * Remembers that the welcome was shown.
 */
void
jmp_welcome_set_shown (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings != NULL)
    g_settings_set_boolean (settings, SHOWN_KEY, TRUE);
}
