/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-box.h"

#include "map/map-resource.h"

struct _JmpMapBox {
  GtkWidget parent_instance;

  int weight;
  JmpMapState state;
  double fraction;

  GtkWidget *fill;
  GtkWidget *content;
  GtkImage *symbol;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (JmpMapBox, jmp_map_box, GTK_TYPE_WIDGET)

/* A colour is never alone: what is over, and what went wrong, has a symbol as well. */
static const char *
symbol_of (JmpMapState state, gboolean locked)
{
  switch (state) {
  case JMP_MAP_READ:
  case JMP_MAP_BLANK:
  case JMP_MAP_VERIFIED:
  case JMP_MAP_EQUAL:
    return "jumper-map-tick-symbolic";
  case JMP_MAP_UNVERIFIED:
  case JMP_MAP_LEFT_ERASED:
  case JMP_MAP_INCOMPLETE:
    return "jumper-map-warning-symbolic";
  case JMP_MAP_DIFFERS:
    return "jumper-map-cross-symbolic";
  case JMP_MAP_IDLE:
  case JMP_MAP_UNTOUCHED:
  case JMP_MAP_KEPT:
  case JMP_MAP_WILL_REWRITE:
  case JMP_MAP_WILL_ERASE:
  case JMP_MAP_WILL_WRITE:
  case JMP_MAP_WILL_COMPARE:
  case JMP_MAP_WILL_READ:
  case JMP_MAP_COMPARING:
  case JMP_MAP_COMPARED:
  case JMP_MAP_READING:
  case JMP_MAP_ERASING:
  case JMP_MAP_ERASED:
  case JMP_MAP_WRITING:
  case JMP_MAP_WRITTEN:
  case JMP_MAP_VERIFYING:
  case JMP_MAP_UNCHANGED:
    break;
  }
  return locked ? "jumper-map-lock-symbolic" : NULL;
}

static void
jmp_map_box_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  JmpMapBox *self = JMP_MAP_BOX (widget);

  gtk_widget_measure (self->content, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, self->weight);
  *minimum_baseline = *natural_baseline = -1;
}

static void
jmp_map_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JmpMapBox *self = JMP_MAP_BOX (widget);
  int filled = (int)(width * self->fraction + 0.5);

  gtk_widget_size_allocate (self->fill, &(GtkAllocation){ 0, 0, filled, height }, -1);
  gtk_widget_size_allocate (self->content, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
jmp_map_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JMP_TYPE_MAP_BOX);
  G_OBJECT_CLASS (jmp_map_box_parent_class)->dispose (object);
}

static void
jmp_map_box_class_init (JmpMapBoxClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = jmp_map_box_dispose;
  widget_class->measure = jmp_map_box_measure;
  widget_class->size_allocate = jmp_map_box_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "mapbox");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_MAP_RESOURCE "/map-box.ui");
  gtk_widget_class_bind_template_child (widget_class, JmpMapBox, fill);
  gtk_widget_class_bind_template_child (widget_class, JmpMapBox, content);
  gtk_widget_class_bind_template_child (widget_class, JmpMapBox, symbol);
  gtk_widget_class_bind_template_child (widget_class, JmpMapBox, label);
}

static void
jmp_map_box_init (JmpMapBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (GTK_WIDGET (self), jmp_map_state_to_string (self->state));
  gtk_widget_set_child_visible (self->fill, FALSE);
}

/**
 * jmp_map_box_new:
 *
 * Makes a box without text, in which nothing is planned.
 *
 * Returns: (transfer floating): the box
 */
GtkWidget *
jmp_map_box_new (void)
{
  return g_object_new (JMP_TYPE_MAP_BOX, NULL);
}

/**
 * jmp_map_box_set_text:
 * @self: a box
 * @text: a few letters
 *
 * Sets what stands in the box.
 */
void
jmp_map_box_set_text (JmpMapBox *self, const char *text)
{
  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->label), *text != '\0');
}

/**
 * jmp_map_box_set_weight:
 * @self: a box
 * @weight: natural width in pixels
 *
 * Sets how wide the box is where there is room; never less than its text needs.
 */
void
jmp_map_box_set_weight (JmpMapBox *self, int weight)
{
  if (self->weight == weight)
    return;
  self->weight = weight;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * jmp_map_box_set_state:
 * @self: a box
 * @state: what is true of what it stands for
 * @locked: whether that cannot be read or written
 *
 * Sets the look of the box.
 */
void
jmp_map_box_set_state (JmpMapBox *self, JmpMapState state, gboolean locked)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const char *symbol = symbol_of (state, locked);

  if (self->state != state) {
    gtk_widget_remove_css_class (widget, jmp_map_state_to_string (self->state));
    gtk_widget_add_css_class (widget, jmp_map_state_to_string (state));
    self->state = state;
  }
  gtk_image_set_from_icon_name (self->symbol, symbol);
  gtk_widget_set_visible (GTK_WIDGET (self->symbol), symbol != NULL);
}

/**
 * jmp_map_box_set_keeps:
 * @self: a box
 * @keeps: whether bytes of what it stands for are put back after the erase
 *
 * Marks the box with a foot.
 */
void
jmp_map_box_set_keeps (JmpMapBox *self, gboolean keeps)
{
  if (keeps)
    gtk_widget_add_css_class (GTK_WIDGET (self), "keeps");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "keeps");
}

/**
 * jmp_map_box_set_fraction:
 * @self: a box
 * @fraction: how much of it is filled, 0 to 1
 *
 * Fills the box from the left as far as the work in it is done.
 */
void
jmp_map_box_set_fraction (JmpMapBox *self, double fraction)
{
  self->fraction = CLAMP (fraction, 0.0, 1.0);
  gtk_widget_set_child_visible (self->fill, self->fraction > 0);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
