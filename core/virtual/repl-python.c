/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The few expressions of Python that the virtual board's console understands: names, attributes,
 * calls, text, numbers, and "or". */

#include "virtual/repl-private.h"

#include <string.h>

#define MAX_DEPTH 16

typedef enum {
  NOTHING,
  TEXT,
  NUMBER,
  LITERAL, /* shown as it is: a tuple */
  SYS,
  OS,
  TIME,
  MACHINE,
  IMPLEMENTATION,
  UNAME,
  /* from here on: what can be called */
  PRINT,
  GETATTR,
  IMPORT,
  CALL_UNAME,
  SLEEP_MS,
  BOOTLOADER,
} Kind;

typedef struct {
  Kind kind;
  char *text; /* (owned) of TEXT and LITERAL */
  guint number;
} Value;

typedef struct {
  JmpVirtualPython *python;
  const char *at;
  GString *out;
  char *exception; /* (owned) */
  guint skipping;
  guint depth;
} Run;

static const struct {
  const char *name;
  Kind kind;
} modules[] = {
  { "sys", SYS }, { "os", OS }, { "time", TIME }, { "machine", MACHINE }, { "pyb", MACHINE },
};

static const struct {
  const char *name;
  Kind kind;
} builtins[] = { { "print", PRINT }, { "getattr", GETATTR }, { "__import__", IMPORT } };

static Value parse_expression (Run *run);

static void
value_clear (Value *self)
{
  g_clear_pointer (&self->text, g_free);
  self->kind = NOTHING;
}

static Value
text_value (Kind kind, const char *text)
{
  return (Value){ .kind = kind, .text = g_strdup (text) };
}

static Value
raise_error (Run *run, const char *format, const char *detail)
{
  if (run->exception == NULL) {
    /* the formats are those below, each with one %s */
    g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

    run->exception = parts[1] != NULL ? g_strconcat (parts[0], detail, parts[1], NULL)
                                      : g_strdup (format);
  }
  return (Value){ NOTHING };
}

/* "1.29.0-preview" as sys.implementation.version has it. */
static Value
version_tuple (const JmpVirtualPython *python)
{
  g_auto (GStrv) halves = g_strsplit (python->version, "-", 2);
  g_auto (GStrv) numbers = g_strsplit (halves[0], ".", 3);
  g_autoptr (GString) text = g_string_new ("(");
  guint n = g_strv_length (numbers);

  for (guint i = 0; i < 3; i++)
    g_string_append_printf (text, "%s, ", i < n && *numbers[i] != '\0' ? numbers[i] : "0");
  if (halves[1] != NULL)
    halves[1][strcspn (halves[1], ".-")] = '\0';
  g_string_append_printf (text, "'%s')", halves[1] != NULL ? halves[1] : "");
  return text_value (LITERAL, text->str);
}

static Value
sys_attribute (const JmpVirtualPython *python, const char *name)
{
  if (strcmp (name, "implementation") == 0)
    return (Value){ .kind = IMPLEMENTATION };
  if (strcmp (name, "platform") == 0)
    return text_value (TEXT, "pyboard");
  if (strcmp (name, "version") == 0) {
    g_autofree char *text = g_strconcat ("3.4.0; MicroPython ", python->description, NULL);

    return text_value (TEXT, text);
  }
  return (Value){ NOTHING };
}

static Value
implementation_attribute (const JmpVirtualPython *python, const char *name)
{
  if (strcmp (name, "name") == 0)
    return text_value (TEXT, "micropython");
  if (strcmp (name, "version") == 0)
    return version_tuple (python);
  if (strcmp (name, "_machine") == 0)
    return text_value (TEXT, python->machine);
  if (strcmp (name, "_build") == 0 && python->build != NULL)
    return text_value (TEXT, python->build);
  return (Value){ NOTHING };
}

static Value
uname_attribute (const JmpVirtualPython *python, const char *name)
{
  if (strcmp (name, "sysname") == 0 || strcmp (name, "nodename") == 0)
    return text_value (TEXT, "pyboard");
  if (strcmp (name, "release") == 0)
    return text_value (TEXT, python->version);
  if (strcmp (name, "version") == 0)
    return text_value (TEXT, python->description);
  if (strcmp (name, "machine") == 0)
    return text_value (TEXT, python->machine);
  return (Value){ NOTHING };
}

static Value
get_attribute (const JmpVirtualPython *python, Kind object, const char *name)
{
  if (object == SYS)
    return sys_attribute (python, name);
  if (object == IMPLEMENTATION)
    return implementation_attribute (python, name);
  if (object == UNAME)
    return uname_attribute (python, name);
  if (object == OS && strcmp (name, "uname") == 0)
    return (Value){ .kind = CALL_UNAME };
  if (object == TIME && strcmp (name, "sleep_ms") == 0)
    return (Value){ .kind = SLEEP_MS };
  if (object == MACHINE && strcmp (name, "bootloader") == 0)
    return (Value){ .kind = BOOTLOADER };
  return (Value){ NOTHING };
}

static void
skip_space (Run *run)
{
  while (*run->at == ' ')
    run->at++;
}

static gboolean
take (Run *run, char c)
{
  skip_space (run);
  if (*run->at != c)
    return FALSE;
  run->at++;
  return TRUE;
}

static char *
take_name (Run *run)
{
  const char *start;

  skip_space (run);
  start = run->at;
  while (g_ascii_isalnum (*run->at) || *run->at == '_')
    run->at++;
  return g_strndup (start, (gsize)(run->at - start));
}

static Value
parse_text (Run *run)
{
  char quote = *run->at++;
  const char *start = run->at;
  g_autofree char *text = NULL;

  while (*run->at != '\0' && *run->at != quote && *run->at != '\n')
    run->at++;
  text = g_strndup (start, (gsize)(run->at - start));
  if (*run->at != quote)
    return raise_error (run, "SyntaxError: invalid syntax", "");
  run->at++;
  return text_value (TEXT, text);
}

static Value
parse_atom (Run *run)
{
  g_autofree char *name = NULL;

  skip_space (run);
  if (*run->at == '\'' || *run->at == '"')
    return parse_text (run);
  if (g_ascii_isdigit (*run->at)) {
    char *end;
    guint64 number = g_ascii_strtoull (run->at, &end, 10);

    run->at = end;
    return (Value){ .kind = NUMBER, .number = (guint)MIN (number, G_MAXINT) };
  }
  name = take_name (run);
  if (*name == '\0')
    return raise_error (run, "SyntaxError: invalid syntax", "");
  for (guint i = 0; i < G_N_ELEMENTS (builtins); i++)
    if (strcmp (name, builtins[i].name) == 0)
      return (Value){ .kind = builtins[i].kind };
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    if (strcmp (name, modules[i].name) == 0 && (run->python->modules & (1u << i)) != 0)
      return (Value){ .kind = modules[i].kind };
  if (run->skipping > 0)
    return (Value){ NOTHING };
  return raise_error (run, "NameError: name '%s' isn't defined", name);
}

static Value
import_module (Run *run, const char *name, gboolean bind)
{
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++) {
    if (strcmp (name, modules[i].name) == 0) {
      if (bind)
        run->python->modules |= 1u << i;
      return (Value){ .kind = modules[i].kind };
    }
  }
  return raise_error (run, "ImportError: no module named '%s'", name);
}

static void
print_values (Run *run, Value *arguments, guint n)
{
  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (run->out, ' ');
    if (arguments[i].text != NULL)
      g_string_append (run->out, arguments[i].text);
    else if (arguments[i].kind == NUMBER)
      g_string_append_printf (run->out, "%u", arguments[i].number);
    else
      g_string_append (run->out, arguments[i].kind == NOTHING ? "None" : "<object>");
  }
  g_string_append (run->out, "\r\n");
}

static Value
call_getattr (Run *run, Value *arguments, guint n)
{
  Value found;

  if (n < 2 || arguments[1].kind != TEXT)
    return raise_error (run, "TypeError: function takes 2 arguments", "");
  found = get_attribute (run->python, arguments[0].kind, arguments[1].text);
  if (found.kind != NOTHING)
    return found;
  if (n < 3)
    return raise_error (run, "AttributeError: object has no attribute '%s'", arguments[1].text);
  found = arguments[2];
  found.text = g_strdup (found.text);
  return found;
}

static Value
call (Run *run, Kind function, Value *arguments, guint n)
{
  if (run->skipping > 0 || run->exception != NULL)
    return (Value){ NOTHING };
  if (function == PRINT) {
    print_values (run, arguments, n);
    return (Value){ NOTHING };
  }
  if (function == GETATTR)
    return call_getattr (run, arguments, n);
  if (function == IMPORT && n == 1 && arguments[0].kind == TEXT)
    return import_module (run, arguments[0].text, FALSE);
  if (function == CALL_UNAME && n == 0)
    return (Value){ .kind = UNAME };
  if (function == SLEEP_MS && n == 1 && arguments[0].kind == NUMBER) {
    run->python->slept_ms += arguments[0].number;
    return (Value){ NOTHING };
  }
  if (function == BOOTLOADER && n == 0) {
    run->python->wants_boot_loader = TRUE;
    return (Value){ NOTHING };
  }
  return raise_error (run, "TypeError: object isn't callable", "");
}

static Value
parse_call (Run *run, Kind function)
{
  Value arguments[4] = { { NOTHING } };
  Value result;
  guint n = 0;

  while (!take (run, ')') && run->exception == NULL) {
    if (n == G_N_ELEMENTS (arguments) || (n > 0 && !take (run, ','))) {
      raise_error (run, "SyntaxError: invalid syntax", "");
      break;
    }
    arguments[n++] = parse_expression (run);
  }
  result = call (run, function, arguments, n);
  for (guint i = 0; i < n; i++)
    value_clear (&arguments[i]);
  return result;
}

static Value
parse_dot (Run *run, Kind object)
{
  g_autofree char *name = take_name (run);
  Value found;

  if (run->skipping > 0)
    return (Value){ NOTHING };
  found = get_attribute (run->python, object, name);
  if (found.kind == NOTHING)
    return raise_error (run, "AttributeError: object has no attribute '%s'", name);
  return found;
}

static Value
parse_primary (Run *run)
{
  Value value = parse_atom (run);

  while (run->exception == NULL) {
    Kind kind = value.kind;

    if (take (run, '.')) {
      value_clear (&value);
      value = parse_dot (run, kind);
    } else if (take (run, '(')) {
      value_clear (&value);
      value = parse_call (run, kind);
    } else {
      break;
    }
  }
  return value;
}

static gboolean
is_true (const Value *value)
{
  if (value->kind == TEXT)
    return *value->text != '\0';
  return value->kind == NUMBER ? value->number != 0 : value->kind != NOTHING;
}

static gboolean
take_or (Run *run)
{
  skip_space (run);
  if (strncmp (run->at, "or", 2) != 0 || g_ascii_isalnum (run->at[2]) || run->at[2] == '_')
    return FALSE;
  run->at += 2;
  return TRUE;
}

static Value
parse_expression (Run *run)
{
  Value value;

  if (run->depth == MAX_DEPTH)
    return raise_error (run, "RuntimeError: maximum recursion depth exceeded", "");
  run->depth++;
  value = parse_primary (run);
  while (run->exception == NULL && take_or (run)) {
    gboolean decided = is_true (&value);
    Value other;

    run->skipping += decided ? 1 : 0;
    other = parse_primary (run);
    run->skipping -= decided ? 1 : 0;
    value_clear (decided ? &other : &value);
    if (!decided)
      value = other;
  }
  run->depth--;
  return value;
}

static void
parse_statement (Run *run)
{
  const char *start = run->at;
  g_autofree char *word = take_name (run);
  Value value;

  if (strcmp (word, "import") == 0) {
    do {
      g_autofree char *name = take_name (run);

      value = import_module (run, name, TRUE);
      value_clear (&value);
    } while (take (run, ',') && run->exception == NULL);
    return;
  }
  run->at = start;
  value = parse_expression (run);
  value_clear (&value);
}

void
jmp_virtual_python_run (JmpVirtualPython *self, const char *code, GString *out, GString *trouble)
{
  Run run = { .python = self, .at = code, .out = out };

  self->slept_ms = 0;
  for (;;) {
    while (*run.at == ' ' || *run.at == ';' || *run.at == '\n' || *run.at == '\r')
      run.at++;
    if (*run.at == '\0' || run.exception != NULL || self->wants_boot_loader)
      break;
    parse_statement (&run);
    skip_space (&run);
    if (*run.at != '\0' && strchr (";\r\n", *run.at) == NULL)
      raise_error (&run, "SyntaxError: invalid syntax", "");
  }
  if (run.exception != NULL)
    g_string_append_printf (trouble,
                            "Traceback (most recent call last):\r\n"
                            "  File \"<stdin>\", line 1, in <module>\r\n%s\r\n",
                            run.exception);
  g_free (run.exception);
}

void
jmp_virtual_python_forget (JmpVirtualPython *self)
{
  self->modules = 0;
}

/* The parts of "MicroPython v1.29.0 on 2026-08-24; PYBv1.1 with STM32F405RG". */
void
jmp_virtual_python_init (JmpVirtualPython *self, const char *banner, const char *build)
{
  g_auto (GStrv) halves = g_strsplit (banner, "; ", 2);
  const char *space = strchr (halves[0], ' ');
  const char *description = space != NULL ? space + 1 : halves[0];
  const char *version = *description == 'v' ? description + 1 : description;

  *self = (JmpVirtualPython){ 0 };
  self->description = g_strdup (description);
  self->version = g_strndup (version, strcspn (version, " "));
  self->machine = g_strdup (halves[1] != NULL ? halves[1] : "board");
  self->build = g_strdup (build);
}

void
jmp_virtual_python_clear (JmpVirtualPython *self)
{
  g_free (self->version);
  g_free (self->description);
  g_free (self->machine);
  g_free (self->build);
}
