select name, last_value, is_called from "mainstay.sequences";
