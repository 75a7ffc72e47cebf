"""The Textual app: screens and widgets over what `casebook` answers."""
